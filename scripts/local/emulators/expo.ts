import { randomUUID } from "node:crypto";
import { createEmulator, defineEmulator } from "emulate";
import { z } from "zod";
import type { Provider } from "./front";
import { jsonBody } from "./request-body";

const MESSAGES_PER_REQUEST = 100;
const RECEIPTS_PER_REQUEST = 300;

const Message = z.looseObject({ to: z.union([z.string(), z.array(z.string())]) });
const Messages = z.union([Message.transform((message) => [message]), z.array(Message)]);
const ReceiptIds = z.object({ ids: z.array(z.string()).max(RECEIPTS_PER_REQUEST) });

type Failure = { status: "error"; message: string; details: { error: "DeviceNotRegistered" } };
type Ticket = { status: "ok"; id: string } | Failure;

/** A message as Expo accepted or refused it, one per recipient; `GET /_emulate/messages` lists them in order. */
export type ReceivedMessage = { to: string; ticket: Ticket; message: Record<string, unknown> };

const expo = defineEmulator({
  name: "expo",
  state: (): { messages: ReceivedMessage[] } => ({ messages: [] }),
  setup({ app, state }) {
    app.post("/--/api/v2/push/send", async (c) => {
      const body = Messages.safeParse(await jsonBody(c.req.raw));
      if (!body.success) return c.json(refusal("VALIDATION_ERROR", z.prettifyError(body.error)), 400);
      const addressed = body.data.flatMap((message) => [message.to].flat().map((to) => ({ to, message })));
      if (addressed.length > MESSAGES_PER_REQUEST) {
        return c.json(
          refusal("PUSH_TOO_MANY_NOTIFICATIONS", `more than ${MESSAGES_PER_REQUEST} messages`),
          400,
        );
      }
      const received = addressed.map(({ to, message }) => ({ to, ticket: ticketFor(to), message }));
      state.messages.push(...received);
      return c.json({ data: received.map(({ ticket }) => ticket) });
    });
    app.post("/--/api/v2/push/getReceipts", async (c) => {
      const body = ReceiptIds.safeParse(await jsonBody(c.req.raw));
      if (!body.success) return c.json(refusal("VALIDATION_ERROR", z.prettifyError(body.error)), 400);
      const asked = new Set(body.data.ids);
      const receipts = state.messages.flatMap(({ to, ticket }) =>
        ticket.status === "ok" && asked.has(ticket.id) ? [[ticket.id, receiptFor(to)]] : [],
      );
      return c.json({ data: Object.fromEntries(receipts) });
    });
  },
});

/**
 * Expo's push service, as `expo-server-sdk` uses it. A token that contains `TicketError` is refused at once,
 * one that contains `DeviceNotRegistered` only in its receipt.
 */
export async function createExpo(): Promise<Provider> {
  const emulator = await createEmulator({ service: expo, listen: false, inspector: false });
  return {
    fetch: (request) => emulator.fetch(request),
    reset: () => emulator.reset(),
    close: () => emulator.close(),
    received: () => emulator.snapshot().state,
  };
}

function ticketFor(token: string): Ticket {
  return token.includes("TicketError") ? notRegistered(token) : { status: "ok", id: randomUUID() };
}

function receiptFor(token: string): { status: "ok" } | Failure {
  return token.includes("DeviceNotRegistered") ? notRegistered(token) : { status: "ok" };
}

function notRegistered(token: string): Failure {
  const message = `"${token}" is not a registered push notification recipient`;
  return { status: "error", message, details: { error: "DeviceNotRegistered" } };
}

function refusal(code: string, message: string): { errors: { code: string; message: string }[] } {
  return { errors: [{ code, message }] };
}
