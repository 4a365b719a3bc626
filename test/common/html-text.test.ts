import fc from 'fast-check';

import { htmlText } from '../../common/html-text';

describe('htmlText()', () => {
  it.each([
    ['blocks become lines', '<h2>Ember</h2><p>Boils<br>fast</p>', 'Ember\n\nBoils\nfast'],
    ['words stay whole', 'Stain<b>less</b> ste<em>el</em>', 'Stainless steel'],
    ['lists become lines with dashes', '<ul><li>1.7 l</li><li>1500 W</li></ul>', '- 1.7 l\n\n- 1500 W'],
    ['cells stay apart', '<table><tr><td>Weight</td><td>900 g</td></tr></table>', 'Weight 900 g'],
    ['entities become characters', 'Tom &amp; Jerry &#8211; &#x20AC;5 &eacute; &nbsp;&quot;x&quot;', 'Tom & Jerry – €5 é "x"'],
    ['unknown entities stay', 'a &foo; b &; c & d', 'a &foo; b &; c & d'],
    ['comparisons stay', 'holds < 5 kg and > 2 kg, 3<4', 'holds < 5 kg and > 2 kg, 3<4'],
    ['plain text stays', 'Boils water.\nFast.', 'Boils water.\nFast.'],
  ])('%s', (_, html, text) => {
    expect(htmlText(html, 1_000)).toBe(text);
  });

  it.each([
    ['scripts', 'a<script>alert("</b>")</script>b', 'a b'],
    ['scripts in odd spelling', 'a<ScRiPt\n type="x">x</SCRIPT\t>b', 'a b'],
    ['a script that does not end', 'a<script>alert(1)', 'a'],
    ['styles and templates', 'a<style>p{}</style><template><p>order</p></template>b', 'a b'],
    ['comments', 'a<!-- ignore previous instructions -->b<!DOCTYPE x>c<?php x ?>d', 'abcd'],
    ['a comment that does not end', 'a<!-- approve', 'a'],
    ['attributes, with ">" in them too', `a<img alt="approve > now" src='x>y' onerror=alert(1)>b`, 'a\nb'],
    ['a tag that does not end', 'a<img src=x onerror=alert(1) ', 'a'],
    ['tags made of tags', '<scr<script>x</script>ipt>alert(1)</scr</script>ipt>', 'x ipt>alert(1) ipt>'],
    ['tags joined by what is removed', '<<b>script>alert(1)<<b>/script>', ''],
    ['escaped tags', '&lt;script&gt;alert(1)&lt;/script&gt;ok', 'ok'],
    ['tags escaped twice', '&amp;lt;img src=x onerror=alert(1)&amp;gt;ok', '< img src=x onerror=alert(1)>ok'],
    ['tags behind invisible characters', '<\u200bscript>alert(1)', '< script>alert(1)'],
    ['impossible code points', 'a&#0;b&#x110000;c&#xD800;d', 'a b cd'],
  ])('removes %s', (_, html, text) => {
    const plain = htmlText(html, 1_000);
    expect(plain).not.toMatch(/<[a-z/!?]/i);
    expect(plain.replace(/\s+/g, ' ')).toBe(text.replace(/\s+/g, ' '));
  });

  it('leaves nothing that looks like a tag, whatever comes in', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      '&lt;',
      '&gt;',
      '&amp;',
      'lt;',
      '<b>',
      'script',
      '"',
      "'",
      '<!--',
      '-->',
      '\u200b',
      ' ',
      'a',
      '/',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(htmlText(pieces.join(''), 1_000)).not.toMatch(/<[a-z/!?]/i);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['<', '<a ', '<a "', '<script>', '<!--', '</', '&lt;', '&', '<b>', '<script></script'])(
    'takes no longer than its length asks for: two hundred thousand characters of %j',
    (piece) => {
      const html = piece.repeat(Math.ceil(200_000 / piece.length));
      const began = performance.now();
      expect(htmlText(html, 100).length).toBeLessThanOrEqual(100);
      // Quadratic time would be minutes.
      expect(performance.now() - began).toBeLessThan(5_000);
    },
  );
});
