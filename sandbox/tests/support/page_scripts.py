"""Scripts that call the page's modules, for tests that need no message."""

# A separate copy of the page's state.
STATE = """
const { State } = await import("/static/js/state.js");
const { loadEmoji } = await import("/static/js/emoji.js");
const state = new State();
const workspace = await (await fetch("/control/workspace")).json();
state.setWorkspace(workspace);
loadEmoji(workspace.emoji);
state.me = state.findPerson("mia");
state.load(await (await fetch("/control/screen/mia")).json());
"""
DRAW_MRKDWN = f"""async (text) => {{ {STATE}
const {{ mrkdwn }} = await import("/static/js/text/mrkdwn.js");
const node = document.createElement("div");
node.append(...mrkdwn(text, state));
for (const child of node.querySelectorAll("*")) {{
  for (const name of ["class", "title", "role", "aria-label", "target", "rel"]) {{
    child.removeAttribute(name);
  }}
}}
return node.innerHTML;
}}"""
DRAW_BLOCKS = f"""async (blocks) => {{ {STATE}
const {{ drawBlocks }} = await import("/static/js/blocks/blocks.js");
const {{ Surface }} = await import("/static/js/blocks/surface.js");
const place = {{ channel: "C0OPS00001", ts: "1.000000" }};
const drawn = document.createElement("section");
drawn.id = "drawn";
drawn.append(...drawBlocks(blocks, new Surface(state, place, "drawn")));
document.getElementById("drawn")?.remove();
document.getElementById("main").append(drawn);
}}"""
