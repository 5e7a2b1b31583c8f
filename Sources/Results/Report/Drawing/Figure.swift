/// One picture of a report, for its page or as a file of its own.
public struct Figure: Sendable {
    /// What it is called on the command line and in file names: `means`.
    public let name: String
    /// A heading.
    public let title: String
    /// What is seen, in sentences: the caption, also for those who can't see the picture.
    public let caption: String
    /// The numbers behind the marks, for those who can't see them and those who draw them anew.
    public let data: Table
    let width, height: Double
    let marks: [Markup]

    init(_ name: String, title: String, caption: String, data: Table, _ canvas: Canvas) {
        self.name = name
        self.title = title
        self.caption = caption
        self.data = data
        width = canvas.width
        height = canvas.height
        marks = canvas.marks
    }

    /// The picture for a page: inks are classes.
    var inline: Markup {
        let size = Figure.viewBox(width, height)
        return .element(
            "svg",
            [
                "viewBox": size, "role": "img", "aria-labelledby": "\(name)-title",
                "aria-describedby": "\(name)-caption",
            ],
            marks)
    }

    /// The picture as an SVG file for papers and slides: light, with every property written out.
    public var svg: String {
        let size = [
            ("width", "\(Int(width))"), ("height", "\(Int(height))"), ("viewBox", Figure.viewBox(width, height)),
        ]
        let root = [("xmlns", "http://www.w3.org/2000/svg")] + size + [("font-family", Figure.fonts)]
        let head = [Markup.element("title", text: title), .element("desc", text: caption)]
        let drawing = Markup.element(
            "svg", root.map { (name: $0.0, value: $0.1) }, head + marks.map(Figure.written))
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + drawing.serialized
    }

    static let fonts = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

    private static func viewBox(_ width: Double, _ height: Double) -> String {
        "0 0 \(Int(width)) \(Int(height))"
    }

    /// The mark with its ink's properties instead of the class.
    private static func written(_ mark: Markup) -> Markup {
        guard case .element(let name, let attributes, let children) = mark else { return mark }
        let written = attributes.flatMap { attribute -> [(name: String, value: String)] in
            guard attribute.name == "class" else { return [attribute] }
            return Ink.allCases.first { $0.className == attribute.value }?.properties(.light) ?? []
        }
        return .element(name, written, children.map(Figure.written))
    }
}
