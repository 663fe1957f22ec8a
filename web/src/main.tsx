import { render } from "preact";
import { keepJudging } from "./judging";
import { begin } from "./examples/begin";
import { Shell } from "./shell/shell";
import { applyTheme } from "./shell/theme";

applyTheme();
render(<Shell />, document.getElementById("page") as HTMLElement);
void begin();
keepJudging();
