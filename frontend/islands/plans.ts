// The workspace: findings beside the part they concern, keys, drafts, dragging.
import { keepDrafts } from "./plans/drafts";
import { dragParts } from "./plans/dragging";
import { placeFindings } from "./plans/findings";
import { listenForPartKeys } from "./plans/keys";
import { openSections } from "./plans/opening";

openSections();
placeFindings();
listenForPartKeys();
keepDrafts();
dragParts();
