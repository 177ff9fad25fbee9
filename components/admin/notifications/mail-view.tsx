import { mailIn, type Scheme } from "@/lib/admin/notification-mail";

interface MailViewProps {
  html: string;
  /** Its subject names it. */
  subject: string;
  scheme: Scheme;
  /** Of the mail client, in px. */
  width?: number;
}

/** A mail in a frame of its own: no scripts, no forms, no way out. */
export function MailView({ html, subject, scheme, width }: MailViewProps) {
  return (
    <div className="max-w-full overflow-x-auto">
      <iframe
        sandbox=""
        srcDoc={mailIn(html, scheme)}
        title={subject}
        referrerPolicy="no-referrer"
        loading="lazy"
        style={{ width: width ?? "100%", colorScheme: scheme }}
        className="block h-[min(48rem,80dvh)] border border-line"
      />
    </div>
  );
}
