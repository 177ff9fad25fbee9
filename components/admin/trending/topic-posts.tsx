import { useTranslations } from "next-intl";
import { Time } from "@/components/time/time";
import { Empty } from "@/components/ui/notice";
import type { TopicPost } from "@/lib/admin/trending-topic";

/** The newest posts of a topic in a window, each with what it found. */
export function TopicPosts({ posts }: { posts: TopicPost[] }) {
  const t = useTranslations("trending.topic");
  if (posts.length === 0) return <Empty title={t("postsNone")} />;
  return (
    <ul className="border-b border-line" data-testid="posts">
      {posts.map((post) => (
        <li key={post.id} className="border-t border-line py-2">
          <p className="max-w-prose whitespace-pre-line break-words">{post.body}</p>
          <p className="flex flex-wrap gap-x-4 text-small text-faint tabular-nums">
            <span className="min-w-0 truncate">{post.authorId}</span>
            <Time at={post.createdAt} tense="past" />
            {post.isReply ? <span>{t("reply")}</span> : null}
            <span>{t("boosts", { count: post.boosts })}</span>
            <span>{t("bookmarks", { count: post.bookmarks })}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
