// The receipt is on the screen: what was sent need not wait on the phone any longer.

import { drafts, forget } from "./drafts.js";

const { taken } = document.querySelector("[data-taken]").dataset;
for (const draft of await drafts(taken)) if (draft.state === "taken") await forget(draft.id);
