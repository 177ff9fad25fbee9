import { Body } from "@react-email/body";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Heading } from "@react-email/heading";
import { Html } from "@react-email/html";
import { Link } from "@react-email/link";
import { Preview } from "@react-email/preview";
import { Text } from "@react-email/text";
import type { CSSProperties, ReactNode } from "react";
import type { NotifyMessages } from "@/lib/notify/messages/type";
import type { DigestFacts, Locale } from "@/lib/notify/types";
import { DARK, LIGHT } from "./mail-colours";

const SANS = `-apple-system,BlinkMacSystemFont,"Segoe UI","Hiragino Sans","Noto Sans JP","Yu Gothic",Meiryo,sans-serif`;
const SERIF = `"Hiragino Mincho ProN","Noto Serif JP","Yu Mincho",Georgia,serif`;

/** Class names are short because they stand in every row; they only carry the dark colours. */
const CSS = `:root{color-scheme:light dark;supported-color-schemes:light dark}
table,td,p,a{font-family:${SANS}}
.h{font-family:${SERIF}}
@media(prefers-color-scheme:dark){
.p,.p>table>tbody>tr>td{background:${DARK.paper}!important}
.p td{color:${DARK.ink}!important}
.h{color:${DARK.ink}!important}
.q,td.q{color:${DARK.faint}!important}
.a{color:${DARK.accent}!important}
.n,td.n{color:${DARK.failed}!important}
.s{color:${DARK.succeeded}!important}
.l,td.l{border-color:${DARK.line}!important}
.k{border-color:${DARK.ink}!important}
td.c{background:${DARK.accent}!important}
}`;

export const small: CSSProperties = {
  fontSize: 12,
  lineHeight: "18px",
  marginTop: 0,
  marginBottom: 0,
  color: LIGHT.faint,
};

export const base: CSSProperties = { fontSize: 16, lineHeight: "24px", marginTop: 0, marginBottom: 0 };

export const link: CSSProperties = { color: LIGHT.accent, textDecorationLine: "underline" };

interface Frame {
  locale: Locale;
  words: NotifyMessages;
  subject: string;
  /** What mail clients show beside the subject. */
  preview: string;
  /** The first line: what happened. */
  heading: ReactNode;
  children?: ReactNode;
  /** Below it all: why the reader gets this, when it was made. */
  why: string;
  time: string;
  links: DigestFacts["links"];
}

/** The sheet every e-mail is printed on: what happened first, at the foot why and how to change it. */
export function MailFrame({ locale, words, subject, preview, heading, children, why, time, links }: Frame) {
  return (
    <Html lang={locale}>
      <Head>
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
        <title>{subject}</title>
        {/** biome-ignore lint/security/noDangerouslySetInnerHtml: a constant; React would escape its quotes. */}
        <style dangerouslySetInnerHTML={{ __html: CSS }} />
      </Head>
      <Preview>{preview}</Preview>
      <Body
        className="p"
        style={{
          backgroundColor: LIGHT.paper,
          color: LIGHT.ink,
          fontFamily: SANS,
          margin: 0,
          padding: "32px 20px",
        }}
      >
        <Container style={{ maxWidth: 560 }}>
          <div className="k" style={{ borderTop: `2px solid ${LIGHT.ink}`, paddingTop: 16 }}>
            <Heading className="h" style={{ font: `600 20px/30px ${SERIF}`, margin: 0 }}>
              {heading}
            </Heading>
          </div>
          {children}
          <div className="k" style={{ borderTop: `1px solid ${LIGHT.ink}`, marginTop: 32, paddingTop: 12 }}>
            <Text className="q" style={small}>
              {why}
            </Text>
            <Text className="q" style={small}>
              <Link className="a" style={link} href={links.preferences}>
                {words.preferences}
              </Link>
              {"　"}
              <Link className="a" style={link} href={links.unsubscribe}>
                {words.unsubscribe}
              </Link>
            </Text>
            <Text className="q" style={{ ...small, marginTop: 12 }}>
              <span className="h" style={{ fontFamily: SERIF, color: LIGHT.ink }}>
                {words.brand}
              </span>
              {`　${time}`}
            </Text>
          </div>
        </Container>
      </Body>
    </Html>
  );
}
