/// The page's one script: makes the headings of tables buttons that sort, and unfolds what is folded for paper. Without
/// it the page is complete.
enum PageScript {
    static let text = """

        for (const table of document.querySelectorAll("table.sortable")) {
          const body = table.tBodies[0];
          const headings = [...table.tHead.rows[0].cells];
          const order = [...body.rows];
          const key = (row, column) => {
            const cell = row.cells[column];
            return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
          };
          const compare = (a, b) => a === b ? 0 : a === "" ? 1 : b === "" ? -1
            : typeof a === "number" && typeof b === "number" ? a - b
            : String(a).localeCompare(String(b), undefined, { numeric: true });
          headings.forEach((heading, column) => {
            const button = document.createElement("button");
            button.type = "button";
            button.append(...heading.childNodes);
            heading.append(button);
            button.addEventListener("click", () => {
              const last = heading.getAttribute("aria-sort");
              const next = last === "ascending" ? "descending" : last === "descending" ? null : "ascending";
              for (const other of headings) other.removeAttribute("aria-sort");
              if (next) heading.setAttribute("aria-sort", next);
              const sign = next === "descending" ? -1 : 1;
              const rows = next === null ? order : [...order].sort((a, b) => {
                const [x, y] = [key(a, column), key(b, column)];
                return x === "" || y === "" ? compare(x, y) : sign * compare(x, y);
              });
              body.append(...rows);
            });
          });
        }
        addEventListener("beforeprint", () => {
          for (const details of document.querySelectorAll("details:not(.numbers)")) details.open = true;
        });

        """
}
