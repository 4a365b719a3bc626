/** What the bench asks of the simulator's process, by HTTP. */
export interface SimulatorAdmin {
  /** Milliseconds that every answer takes from now on; 0: as fast as it can. */
  setLatency(ms: number): Promise<void>;
  /** A part of what the real models take from now on; 1 is true to life. */
  setScale(latency: number): Promise<void>;
  /** Requests charged so far. */
  charged(): Promise<number>;
}

export function simulatorAdmin(url: string): SimulatorAdmin {
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const response = await fetch(`${url}/__sim/${path}`, init);
    if (!response.ok) throw new Error(`Cannot ask the simulator for "${path}": HTTP ${response.status}; see its log`);
    return response.json();
  };
  return {
    setLatency: async (latencyMs) => void (await ask('config', { method: 'POST', body: JSON.stringify({ latencyMs }) })),
    setScale: async (latency) => void (await ask('config', { method: 'POST', body: JSON.stringify({ latency, latencyMs: null }) })),
    charged: async () => ((await ask('stats')) as { charged: number }).charged,
  };
}
