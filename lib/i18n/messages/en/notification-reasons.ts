/** Why a message was not sent (`lib/admin/notification-reasons.ts` maps codes to these), and what to do about it. */
export const reasons = {
  credential: {
    what: "the provider refuses our credential",
    todo: "Mend RESEND_API_KEY or SLACK_BOT_TOKEN; everything waits until then.",
  },
  not_configured: {
    what: "the channel is not configured in this deployment",
    todo: "Set RESEND_API_KEY or SLACK_BOT_TOKEN; everything waits until then.",
  },
  sender: {
    what: "the provider does not accept our sender address",
    todo: "Verify the domain of NOTIFY_FROM at Resend.",
  },
  quota: {
    what: "the provider's quota is used up",
    todo: "Raise the quota or wait for the next day; everything waits until then.",
  },
  endpoint: {
    what: "the provider's address does not exist",
    todo: "Check RESEND_BASE_URL or SLACK_API_URL.",
  },
  pace: { what: "the provider asked us to go slower", todo: "Nothing; it goes by itself." },
  provider_down: {
    what: "the provider did not answer properly",
    todo: "Nothing; it goes by itself once the provider is back.",
  },
  invalid_address: {
    what: "the provider refuses the address as invalid",
    todo: "Correct the address in the user's settings; it then goes with the next digest.",
  },
  invalid_message: {
    what: "the provider refuses the message as invalid",
    todo: "See the message and the provider's words; resend it once the cause is mended.",
  },
  bounced: {
    what: "the mailbox does not exist or takes nothing",
    todo: "Ask the user for another address.",
  },
  complained: { what: "the recipient marked it as spam", todo: "Do not write to this address again." },
  channel_archived: {
    what: "the Slack channel is archived",
    todo: "Unarchive it, or set another one in the user's settings; then resend.",
  },
  channel_missing: {
    what: "there is no such Slack channel, or our app cannot see it",
    todo: "Correct the channel in the user's settings, or invite the app; then resend.",
  },
  not_in_channel: {
    what: "our app is not in the Slack channel",
    todo: "Invite the app with /invite in that channel; then resend.",
  },
  channel_restricted: {
    what: "our app may not post in the Slack channel",
    todo: "Allow it in the channel's settings, or set another one; then resend.",
  },
  turned_off: {
    what: "the user turned this channel off before it was sent",
    todo: "Nothing; that is the user's wish.",
  },
  expired: {
    what: "it waited too long and was given up as old news",
    todo: "See why it had to wait; resend it only if it still matters.",
  },
  no_answer: {
    what: "the provider's answer was lost",
    todo: "Look whether it is there before you resend it: it could arrive twice.",
  },
  answer_incomplete: {
    what: "the provider's answer did not name it",
    todo: "Look at the provider's log before you resend it: it could arrive twice.",
  },
  sender_died: {
    what: "our process ended before it could note the answer",
    todo: "Look whether it is there before you resend it: it could arrive twice.",
  },
  other_contents: {
    what: "the provider had taken something else under its key",
    todo: "Look at the provider's log before you resend it: it could arrive twice.",
  },
} as const;
