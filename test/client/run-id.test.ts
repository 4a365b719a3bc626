import fc from 'fast-check';

import { hashOfRequest, newRunId, slug } from '../../client/run-id';

describe('slug()', () => {
  test.each([
    ['How to build a RAG system with Python', 'how-to-build-a-rag-system'],
    ['  C++ & Rust: 2026!  ', 'c-rust-2026'],
    ['Überblick für Köche', 'uberblick-fur-koche'],
    ['水は生命', ''],
    ['', ''],
  ])('of %j is %j', (subject, expected) => {
    expect(slug(subject)).toBe(expected);
  });

  test('cuts a single word that is too long', () => {
    expect(slug('x'.repeat(100))).toBe('x'.repeat(28));
  });

  test('is short and safe in a URL whatever the subject', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (subject) => {
        expect(slug(subject)).toMatch(/^[a-z0-9-]{0,28}$/);
      }),
    );
  });
});

describe('newRunId()', () => {
  test('names pipeline and subject and is new every time', () => {
    const ids = Array.from({ length: 50 }, () => newRunId('article', 'How to build a RAG system with Python'));
    for (const id of ids) expect(id).toMatch(/^article-how-to-build-a-rag-system-[a-z0-9]{8}$/);
    expect(new Set(ids).size).toBe(50);
  });

  test('does without a slug when the subject has no ASCII', () => {
    expect(newRunId('brief', '水')).toMatch(/^brief-[a-z0-9]{8}$/);
  });
});

describe('hashOfRequest()', () => {
  const base = hashOfRequest('article', { topic: 'T', audience: 'A' }, {});

  test('is the same for other orders, absent fields and defaults spelled out', () => {
    expect(hashOfRequest('article', { audience: 'A', topic: 'T' }, {})).toBe(base);
    expect(hashOfRequest('article', { topic: 'T', audience: 'A', extra: undefined }, { lane: 'interactive', reuse: false })).toBe(base);
  });

  test('does not depend on the trace id', () => {
    expect(hashOfRequest('article', { topic: 'T', audience: 'A' }, { traceId: 'x' })).toBe(base);
  });

  test.each([
    ['pipeline', hashOfRequest('brief', { topic: 'T', audience: 'A' }, {})],
    ['input', hashOfRequest('article', { topic: 't', audience: 'A' }, {})],
    ['budget', hashOfRequest('article', { topic: 'T', audience: 'A' }, { budgetUsd: 1 })],
    ['reuse', hashOfRequest('article', { topic: 'T', audience: 'A' }, { reuse: true })],
    ['order of a list', hashOfRequest('article', { topic: 'T', audience: ['A', 'B'] }, {})],
  ])('differs with another %s', (_what, hash) => {
    expect(hash).not.toBe(base);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
