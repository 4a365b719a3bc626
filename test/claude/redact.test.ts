import { createRedact } from '../../claude/redact';

describe('createRedact()', () => {
  it('blots out the key, also in parts and with other white space, and whatever looks like one', () => {
    const redact = createRedact('myownkey-0123456789\nsecondhalf-987654');
    expect(redact('Bearer myownkey-0123456789 secondhalf-987654 is wrong')).not.toMatch(/0123456789|987654/);
    expect(redact('x-api-key: sk-ant-api03-abcdef_GHI-9')).toBe('x-api-key: sk-***');
    expect(redact('authorization: Bearer abcdefgh')).toBe('authorization: Bearer ***');
  });

  it('leaves words alone that a stand-in for a key is made of', () => {
    expect(createRedact('simulated')('the run began with simulated answers; a risk-averse one')).toBe(
      'the run began with simulated answers; a risk-averse one',
    );
  });
});
