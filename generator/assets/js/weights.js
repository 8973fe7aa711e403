/* Everything in the search that somebody has set, each with its reason. How it ranks: docs/search.md. */

/* What a word says of an entry, by where it stands. */
export const TITLE = 8; /* it is called so */
export const NAME = 5; /* its topic or kind is called so; as a word of a lay phrase, half of that */
export const LAY = 4.5; /* people call its topic so */

/* How well a word of an entry fits the one that was typed. */
export const FORM = 0.9; /* another ending of it: no other word */
export const PART = 0.6; /* a part of it, or a slip of the finger: it may be another */
export const ENDING = 3; /* letters that endings have at most */

export const FAINT = 0.1; /* „mein Sohn“, „Angst“: said beside nearly everything; what is likelier may be meant */
export const PHRASE = 0.3; /* a whole lay phrase, or a model sure of a topic: less than a name, more than a mention */
export const LITTLE = 1.1; /* of two that say the same, the one that the title names, or the topic that leads to both */
export const CALLED = 3; /* whoever types a name wants what is called so */
export const BEHIND = 0.8; /* what is for fathers alone, or isn't meant, waits behind what says the same */
export const SPEECH = 4; /* so many words are a sentence: somebody tells, and not each word counts */

export const SAID = 0.4; /* the score of what a title says: so much, and an entry says of itself what was asked */
export const SURE = 0.35; /* less than this part of what was asked, or this likely, and it is a guess */

export const FEW = 5; /* hits of a kind that one looks through at a glance */
export const FIRST = 3; /* hits that are on the screen of a phone */
