// The workspace: findings beside the part they concern, keys, drafts, dragging.
import { followEdits } from "./plans/after";
import { keepDrafts } from "./plans/drafts";
import { dragParts } from "./plans/dragging";
import { placeFindings } from "./plans/findings";
import { listenForPartKeys } from "./plans/keys";
import { openSections } from "./plans/opening";

openSections();
followEdits();
placeFindings();
listenForPartKeys();
keepDrafts();
dragParts();
