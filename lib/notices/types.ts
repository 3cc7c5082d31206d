/** What people are told of, in which drawer it lies and whether it may break into their quiet hours. Pure. */

export const categories = ["verification", "publishing", "inbox", "deadlines", "emergency", "coaching", "account"] as const;
export type Category = (typeof categories)[number];

/** `params`: what its words are filled with. */
type Kind = { category: Category; urgent: boolean; params: readonly string[] };

/**
 * Every kind of news. Its words stand in messages/{id,en}/notices.json under `type`, the dot written as "_". Of the parameters
 * `at` is an instant (ISO), printed on the clock of `zone`; `platform` a platform's code; `decision` approve, return or reject
 * (of a referral: accept or refuse; of moderation: approve or refuse); `excerpt` the beginning of a citizen's masked words.
 */
export const noticeTypes = {
  "review.asked": { category: "verification", urgent: false, params: ["title", "unit", "by", "step", "of"] },
  /** The same step, idle for hours; again each day. */
  "review.reminded": { category: "verification", urgent: false, params: ["title", "unit", "hours"] },
  /** Idle for so long that the deputies may decide. */
  "review.escalated": { category: "verification", urgent: false, params: ["title", "unit", "hours"] },
  /** Nobody at all may decide on the step: its roles are held by none, or only by those who wrote the post. */
  "review.nobody": { category: "verification", urgent: false, params: ["title", "unit"] },
  /** The time for which it was planned has passed without a decision. */
  "review.late": { category: "verification", urgent: true, params: ["title", "unit", "at", "zone"] },
  "review.decided": { category: "verification", urgent: false, params: ["title", "unit", "by", "decision"] },
  "reply.asked": { category: "verification", urgent: true, params: ["unit", "by", "excerpt"] },
  "reply.decided": { category: "verification", urgent: false, params: ["unit", "by", "decision", "excerpt"] },
  /** A citizen's voice is to be hidden; a second person has to say yes. */
  "moderation.asked": { category: "verification", urgent: false, params: ["unit", "by", "excerpt"] },
  "moderation.decided": { category: "verification", urgent: false, params: ["unit", "by", "decision", "excerpt"] },
  /** A unit disputes a score; `component` a, b, r, d, e or cap. */
  "objection.filed": { category: "verification", urgent: false, params: ["unit", "by", "component"] },
  /** Its working days to decide have passed. */
  "objection.waiting": { category: "verification", urgent: false, params: ["unit", "component", "days"] },
  "objection.decided": { category: "verification", urgent: false, params: ["unit", "by", "component", "decision"] },
  "emergency.used": { category: "emergency", urgent: true, params: ["title", "unit", "by", "reason"] },
  /** It went out without a verifier, and none has looked at it for a day. */
  "emergency.unseen": { category: "emergency", urgent: false, params: ["title", "unit", "hours"] },
  /** An urgent matter or a hoax has just come in. */
  "case.urgent": { category: "emergency", urgent: true, params: ["unit", "platform", "excerpt"] },
  "crisis.opened": { category: "emergency", urgent: true, params: ["title", "unit"] },
  "publication.manual-due": { category: "publishing", urgent: true, params: ["unit", "platform", "handle", "at", "zone", "files"] },
  "publication.manual-overdue": { category: "publishing", urgent: false, params: ["unit", "platform", "handle", "at", "zone"] },
  "publication.failed": { category: "publishing", urgent: true, params: ["title", "unit", "platform", "handle"] },
  "publication.asks-person": { category: "publishing", urgent: true, params: ["title", "unit", "platform", "handle"] },
  /** The platform refused an answer that its author holds for sent. */
  "reply.failed": { category: "inbox", urgent: true, params: ["unit", "platform", "excerpt"] },
  /** Nobody knows whether an answer arrived: a person has to look. */
  "reply.asks-person": { category: "inbox", urgent: true, params: ["unit", "platform", "excerpt"] },
  "case.assigned": { category: "inbox", urgent: false, params: ["unit", "platform", "by", "excerpt"] },
  "case.mentioned": { category: "inbox", urgent: false, params: ["unit", "platform", "by", "excerpt"] },
  "case.referred": { category: "inbox", urgent: false, params: ["unit", "from", "platform", "excerpt"] },
  "case.bounced": { category: "inbox", urgent: false, params: ["unit", "from", "platform", "excerpt"] },
  "case.referral-decided": { category: "inbox", urgent: false, params: ["unit", "to", "decision", "platform", "excerpt"] },
  /** The asked agency has acted; who asked answers the citizen with it. */
  "case.referral-delivered": { category: "inbox", urgent: false, params: ["unit", "from", "platform", "excerpt"] },
  "case.referral-withdrawn": { category: "inbox", urgent: false, params: ["unit", "from", "platform", "excerpt"] },
  "inbox.deaf": { category: "inbox", urgent: true, params: ["unit", "platform", "handle", "at", "zone"] },
  /** A notification of a platform could not be read, though it was tried for hours. */
  "inbox.unread": { category: "inbox", urgent: true, params: ["unit", "platform", "handle"] },
  /** 75 per cent of the time to answer is used up. */
  "case.deadline-soon": { category: "deadlines", urgent: false, params: ["unit", "platform", "excerpt", "at", "zone"] },
  /** 90 per cent of it. */
  "case.deadline-pressing": { category: "deadlines", urgent: true, params: ["unit", "platform", "excerpt", "at", "zone"] },
  "case.overdue": { category: "deadlines", urgent: true, params: ["unit", "platform", "excerpt", "at", "zone"] },
  "case.escalated": { category: "deadlines", urgent: true, params: ["unit", "platform", "excerpt", "at", "zone"] },
  /** So many days until an account is Dorman. */
  "coaching.silence-soon": { category: "coaching", urgent: false, params: ["unit", "days"] },
  "coaching.cause-asked": { category: "coaching", urgent: false, params: ["unit"] },
  /** Accounts of a government that fell to Dorman, and how many cases are proposed for them. */
  "coaching.fallen": { category: "coaching", urgent: false, params: ["unit", "count", "names", "cases"] },
  "coaching.cause-told": { category: "coaching", urgent: false, params: ["unit", "by"] },
  "coaching.begun": { category: "coaching", urgent: false, params: ["unit", "by"] },
  "coaching.mentor-given": { category: "coaching", urgent: false, params: ["unit", "by"] },
  /** `week`: 2 a reminder, 4 a visit, 8 a letter. */
  "coaching.reminder": { category: "coaching", urgent: false, params: ["unit", "week"] },
  "coaching.closed": { category: "coaching", urgent: false, params: ["unit", "by", "outcome"] },
  "coaching.verdict-proposed": { category: "coaching", urgent: false, params: ["unit", "platform", "handle", "by", "verdict"] },
  "account.mail-test": { category: "account", urgent: true, params: [] },
} as const satisfies Record<string, Kind>;
export type NoticeType = keyof typeof noticeTypes;

export const isNoticeType = (value: string): value is NoticeType => Object.hasOwn(noticeTypes, value);

export const mailHabits = ["immediate", "digest", "off"] as const;
export type MailHabit = (typeof mailHabits)[number];

/** How a person hears by e-mail who has chosen nothing. */
export const usualHabits: Record<Category, MailHabit> = {
  verification: "immediate",
  publishing: "immediate",
  inbox: "digest",
  deadlines: "immediate",
  emergency: "immediate",
  coaching: "immediate",
  account: "immediate",
};

/** Local times "HH:MM"; no quiet hours: null. */
export type Hours = { quiet: { from: string; to: string } | null; digestAt: string };
export const usualHours: Hours = { quiet: { from: "20:00", to: "06:00" }, digestAt: "07:00" };

/** What the words of a notice are filled with; `text`: a longer text of our own (never a citizen's), shown beneath. */
export type NoticeParams<T extends NoticeType> = Record<(typeof noticeTypes)[T]["params"][number], string | number> & { text?: string };
