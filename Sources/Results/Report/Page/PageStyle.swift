/// The page's style sheet: one column on a telephone, two or three on a wide screen, light or dark as the reader's system
/// is, light on paper.
enum PageStyle {
    static var sheet: String {
        "\n:root{\(variables(.light))}\n\(Ink.rules(.light))"
            + "@media screen and (prefers-color-scheme:dark){\n:root{\(variables(.dark))}\n\(Ink.rules(.dark))}\n"
            + layout
    }

    private static func variables(_ theme: Theme) -> String {
        "--surface:\(theme.surface);--ink:\(theme.ink);--muted:\(theme.muted);--grid:\(theme.grid);"
            + "--axis:\(theme.axis);--soft:\(theme.soft);--accent:\(theme.accent);--second:\(theme.second)"
    }

    private static let layout = """
        *{box-sizing:border-box}
        html{background:var(--surface);color:var(--ink);-webkit-text-size-adjust:100%}
        body{margin:0 auto;max-width:92rem;padding:2rem clamp(1rem,4vw,3rem) 4rem;
          font:1rem/1.5 system-ui,"Segoe UI",Helvetica,Arial,"DejaVu Sans",sans-serif}
        h1{font-size:clamp(1.5rem,1rem + 2.2vw,2.5rem);line-height:1.15;margin:.25rem 0 1rem;max-width:28em;
          overflow-wrap:anywhere}
        h2{font-size:1.35rem;margin:0 0 .75rem}
        h3{font-size:1rem;margin:0 0 .5rem}
        section{border-top:1px solid var(--grid);margin-top:2.5rem;padding-top:1.25rem}
        a{color:var(--accent)}
        .name{color:var(--muted);font-weight:600;letter-spacing:.02em;margin:0;overflow-wrap:anywhere}
        .notes{max-width:45em;white-space:pre-wrap;overflow-wrap:anywhere}
        .lead{font-size:1.15rem;font-weight:600;margin:0 0 .75rem}
        .fine,.caption,figcaption{color:var(--muted);font-size:.875rem;max-width:60em;overflow-wrap:anywhere}
        .fine{margin:.75rem 0 0;padding:0}
        .caption{margin:0 0 .75rem}
        .figures+.caption,.scroll+.caption{margin-top:1.5rem}
        .facts+.fine,.fine+.figures{margin-top:.75rem;margin-bottom:1rem}
        ul.fine{padding-left:1.1rem}
        .warning{border-left:4px solid var(--second);padding:.35rem .75rem;margin:0 0 1rem;max-width:60em}
        nav{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;margin-top:1.25rem;font-size:.9375rem}
        dl{margin:0}
        dd{margin:0;overflow-wrap:anywhere}
        dt{color:var(--muted);font-size:.8125rem}
        .facts{display:flex;flex-wrap:wrap;gap:.75rem 2.25rem}
        .facts dd{font-weight:600}
        .provenance{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:.75rem 2rem;
          margin-bottom:1.5rem;font-size:.9375rem}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:2rem 2.5rem}
        .figures>div{min-width:0;max-width:40rem}
        figure{margin:0}
        .numbers{margin-top:.35rem;font-size:.875rem}
        .numbers>summary{color:var(--muted)}
        .numbers table,.numbers .caption{font-size:.8125rem}
        figure svg{display:block;width:100%;height:auto;font-family:inherit;overflow:visible}
        figcaption{margin-top:.35rem}
        .scroll{overflow-x:auto;max-width:100%;margin-bottom:.5rem;
          background:linear-gradient(to left,var(--surface) 2rem,transparent) right/4rem 100% no-repeat local,
          linear-gradient(to left,var(--axis),transparent) right/.75rem 100% no-repeat scroll}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
        th,td{padding:.35rem .5rem;text-align:left;vertical-align:middle;border-bottom:1px solid var(--grid)}
        th:first-child,td:first-child{padding-left:0}
        tbody th{font-weight:400}
        th:first-child{position:sticky;left:0;background:var(--surface)}
        tbody th bdi{display:inline-block;width:max-content;max-width:min(20rem,40vw);overflow-wrap:break-word}
        .number{white-space:nowrap}
        thead th{color:var(--muted);font-size:.8125rem;font-weight:600;border-bottom-color:var(--axis);white-space:nowrap}
        .number{text-align:right}
        thead button{background:none;border:0;padding:0;color:inherit;font:inherit;text-align:inherit;cursor:pointer}
        thead button::after{content:"↕";opacity:.35;padding-left:.3em}
        thead [aria-sort=ascending] button::after{content:"↑";opacity:1}
        thead [aria-sort=descending] button::after{content:"↓";opacity:1}
        thead button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        td:last-child:not(.number):not(:empty){min-width:14rem}
        td code{display:block;font-size:.8125rem;white-space:nowrap;color:var(--muted)}
        td svg{display:block;height:14px;width:auto;margin-bottom:.15rem}
        .verdict{border:1.5px solid var(--axis);border-radius:1em;padding:.05rem .6rem .1rem;white-space:nowrap}
        .verdict.supported{background:var(--accent);border-color:var(--accent);color:var(--surface)}
        .verdict.contradicted{border-color:var(--second);color:var(--second)}
        summary{cursor:pointer}
        details[open] summary{margin-bottom:.75rem}
        pre{overflow-x:auto;background:var(--soft);padding:.75rem 1rem;border-radius:6px;
          font-size:.875rem;line-height:1.45}
        @page{size:A4;margin:15mm}
        @media print{
          body{max-width:none;padding:0;font-size:10pt}
          nav,.numbers,thead button::after{display:none}
          section{margin-top:1.25rem;break-inside:auto}
          figure,tr,.warning{break-inside:avoid}
          h2,h3{break-after:avoid}
          .figures{grid-template-columns:1fr 1fr;gap:1.25rem 1.5rem}
          .scroll{overflow:visible}
          table{font-size:7.5pt}
          th,td{padding:.2rem .35rem}
          td code{display:none}
          .fine,.caption,figcaption,thead th{font-size:8pt}
          *{-webkit-print-color-adjust:exact}
        }

        """
}
