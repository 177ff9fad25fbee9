import { Bar } from "@/components/ui/skeleton";

const WIDTHS = ["70%", "55%", "60%", "50%", "45%", "52%", "40%", "48%", "38%", "42%"];

/** The sheet on its way: its frame and its two halves. */
export default function Loading() {
  const half = (
    <div className="space-y-5 p-5">
      {WIDTHS.map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders that never move.
        <Bar key={index} width={width} className={index === 0 ? "h-9" : "h-5"} />
      ))}
    </div>
  );
  return (
    <div aria-busy="true" className="mx-auto max-w-[1200px] px-4 pt-14 md:px-8">
      <div className="grid grid-cols-2 border-2 border-line lg:grid-cols-[1fr_9rem_1fr]">
        {half}
        <div className="border-x border-line max-lg:hidden" />
        {half}
      </div>
    </div>
  );
}
