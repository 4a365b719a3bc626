/** A topic that no other run of the same app has; both apps get the same ones. */
export function topicOf(part: string, number: number): string {
  return `How to build a RAG system with Python, ${part} ${number}`;
}
