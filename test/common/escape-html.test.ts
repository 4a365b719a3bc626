import { escapeHtml } from '../../common/escape-html';

describe('escapeHtml()', () => {
  it('leaves nothing that a page takes for markup, between tags and within double quotes', () => {
    expect(escapeHtml('<b title="x">Tom & Ann\'s</b>')).toBe("&lt;b title=&quot;x&quot;&gt;Tom &amp; Ann's&lt;/b&gt;");
  });

  it('keeps line breaks and leaves out other control characters', () => {
    expect(escapeHtml('a\u0000b\u001B[1m\r\n\tc\u0085')).toBe('ab[1m\r\n\tc');
  });
});
