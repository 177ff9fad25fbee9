import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** One value of a metric family; every sample of a family has the same label names. */
export interface Sample {
  labels?: Record<string, string>;
  value: number;
}

/** Adds a gauge to a registry made for one scrape; without a sample the family is left out. */
export function addGauge(registry: Registry, name: string, help: string, samples: Sample[]): void {
  if (samples.length === 0) return;
  const gauge = new Gauge({ name, help, labelNames: labelNamesOf(samples), registers: [registry] });
  for (const { labels = {}, value } of samples) gauge.set(labels, value);
}

/** Adds a counter whose total was kept elsewhere to a registry made for one scrape. */
export function addCounter(registry: Registry, name: string, help: string, samples: Sample[]): void {
  if (samples.length === 0) return;
  const counter = new Counter({ name, help, labelNames: labelNamesOf(samples), registers: [registry] });
  for (const { labels = {}, value } of samples) counter.inc(labels, value);
}

/** A histogram whose observations were counted elsewhere. */
export interface StoredDistribution {
  /** Upper bounds, ascending, each included. */
  bounds: number[];
  /** Observations per bucket, each by itself; one more than bounds, the last above them all. */
  counts: number[];
  sum: number;
}

/** Adds a histogram without labels to a registry made for one scrape. */
export function addHistogram(
  registry: Registry,
  name: string,
  help: string,
  distribution: StoredDistribution,
): void {
  registry.registerMetric(new StoredHistogram(name, help, distribution));
}

class StoredHistogram extends Histogram {
  readonly #empty: Histogram;
  readonly #distribution: StoredDistribution;
  constructor(name: string, help: string, distribution: StoredDistribution) {
    const config = { name, help, buckets: distribution.bounds, registers: [] };
    super(config);
    this.#empty = new Histogram(config);
    this.#distribution = distribution;
  }

  override async get(): ReturnType<Histogram["get"]> {
    const described = await this.#empty.get();
    const { bounds, counts, sum } = this.#distribution;
    let total = 0;
    const buckets = [...bounds, "+Inf"].map((le, index) => {
      total += counts[index] ?? 0;
      return { metricName: `${described.name}_bucket`, labels: { le }, value: total };
    });
    const values = [
      ...buckets,
      { metricName: `${described.name}_sum`, labels: {}, value: sum },
      { metricName: `${described.name}_count`, labels: {}, value: total },
    ];
    return { ...described, values };
  }

  /** The registry prefers this one; prom-client's own would show what this process observed: nothing. */
  getForPromString(): ReturnType<Histogram["get"]> {
    return this.get();
  }
}

function labelNamesOf([first]: Sample[]): string[] {
  return Object.keys(first?.labels ?? {});
}
