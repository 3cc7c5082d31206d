/** What citizens say under the posts of many accounts, and the notifications that tell of it. */
import { random } from "../../prisma/seed/random.ts";

export type Said = {
  account: number;
  id: string;
  post: string;
  parent: string | null;
  author: string;
  name: string;
  text: string;
  /** Unix milliseconds, whole seconds. */
  sentAt: number;
  own: boolean;
};

const words = [
  "Kapan bantuan sembako tahap IV disalurkan untuk Kecamatan Adiwerna?",
  "Jalan di depan pasar rusak parah, sudah tiga bulan belum diperbaiki",
  "Terima kasih, petugasnya ramah dan cepat",
  "Mohon info syarat pembaruan KTP yang hilang",
  "Beredar tautan daftar bansos Rp600.000, apakah benar?",
  "Usul, pengumuman penerima ditempel juga di balai desa",
  "Air PDAM mati sejak pagi di Slawi, tolong ditindaklanjuti",
  "Mantap pak, lanjutkan",
];

/** Comments of the last day: one in five answers an earlier one, one in ten is the account's own answer. */
export function saidBy(accounts: number, events: number, now: number): Said[] {
  const chance = random("what citizens say");
  const roots: Said[][] = Array.from({ length: accounts }, () => []);
  return Array.from({ length: events }, (_, n) => {
    const account = n % accounts;
    const post = `page-${account}_${chance.whole(1, 20)}`;
    const earlier = roots[account]!;
    const parent = earlier.length && chance.chance(0.3) ? chance.pick(earlier) : null;
    const own = parent !== null && chance.chance(0.33);
    const citizen = `warga-${account}-${chance.whole(1, 60)}`;
    const said: Said = {
      account,
      id: `${account}_${n}`,
      post: parent?.post ?? post,
      parent: parent?.id ?? null,
      author: own ? `page-${account}` : citizen,
      name: own ? `Dinas ${account}` : `Warga ${citizen}`,
      text: own ? "Terima kasih, sudah kami teruskan." : `${chance.pick(words)} (${n})`,
      sentAt: Math.floor((now - 86_400_000 + (n / events) * 86_000_000) / 1000) * 1000,
      own,
    };
    if (!parent) earlier.push(said);
    return said;
  });
}

type Faults = { dropped: number; repeated: number; most: number };

/** Facebook's notifications of them, shuffled into bodies of several accounts each. */
export function bodiesOf(said: readonly Said[], { dropped, repeated, most }: Faults): { bodies: Buffer[]; sent: number } {
  const chance = random("what happens on the way");
  const told = said.filter(() => !chance.chance(dropped)).flatMap((one) => (chance.chance(repeated) ? [one, one] : [one]));
  for (let i = told.length - 1; i > 0; i--) {
    const j = chance.whole(0, i);
    [told[i], told[j]] = [told[j]!, told[i]!];
  }
  const bodies: Buffer[] = [];
  for (let from = 0; from < told.length; ) {
    const size = chance.whole(1, most);
    const entry = told
      .slice(from, from + size)
      .map((one) => ({ id: `page-${one.account}`, time: one.sentAt / 1000, changes: [changeOf(one)] }));
    bodies.push(Buffer.from(JSON.stringify({ object: "page", entry })));
    from += size;
  }
  return { bodies, sent: told.length };
}

const changeOf = ({ id, post, parent, author, name, text, sentAt }: Said) => ({
  field: "feed",
  value: {
    item: "comment",
    verb: "add",
    comment_id: id,
    post_id: post,
    parent_id: parent ?? post,
    from: { id: author, name },
    message: text,
    created_time: sentAt / 1000,
  },
});
