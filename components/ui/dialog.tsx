"use client";

import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  lead: string;
  children?: ReactNode;
  /** The buttons, the safe one first. */
  actions: ReactNode;
}

/** A question that needs an answer before anything happens. Escape and the ground behind it mean no. */
export function Dialog({ open, onClose, title, lead, children, actions }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          style={{ boxShadow: "var(--shadow)" }}
          className="fixed top-1/2 left-1/2 z-40 flex max-h-[85dvh] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col rounded-sm border border-line bg-raised p-5"
        >
          <Radix.Title className="text-title font-medium">{title}</Radix.Title>
          <Radix.Description className="mt-1 text-faint">{lead}</Radix.Description>
          <div className="-mx-5 my-4 min-h-0 overflow-y-auto px-5">{children}</div>
          <div className="flex flex-wrap justify-end gap-2">{actions}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
