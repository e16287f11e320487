// Loaded on every page.
import "./shell/htmx";
import { keepTheme } from "./shell/theme";
import { listenForKeys } from "./shell/keys";
import { wireDialogs } from "./shell/dialogs";
import { wirePalette } from "./shell/palette";
import { wireToasts } from "./shell/toasts";
import { wireMenus } from "./shell/menus";
import { showPlace } from "./shell/places";
import { watchWork } from "./shell/work";

keepTheme();
showPlace();
wireDialogs();
wireMenus();
wirePalette();
wireToasts();
listenForKeys();
watchWork();
