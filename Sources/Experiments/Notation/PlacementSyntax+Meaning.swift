extension PlacementSyntax {
    /// What the placement takes of a stage of this depth; nil where it does not fit, or where the depth is not known.
    func target(depth: Int?, _ parser: inout LayoutSyntaxParser) -> ClauseSyntax.Target? {
        switch name {
        case "choose", "any":
            return set(depth: depth, &parser)
        default:
            guard let placement = placement(&parser.problems), let depth else { return nil }
            do throws(PlacementError) {
                return .positions(try placement.positions(inDepth: depth))
            } catch {
                report(error, &parser.problems)
                return nil
            }
        }
    }

    private func set(depth: Int?, _ parser: inout LayoutSyntaxParser) -> ClauseSyntax.Target? {
        guard parser.allowsSets else {
            parser.problems.add(
                "`\(name)` is a set of placements, and one layout is needed here", at: range,
                remedy: "sets are for the layouts of a sweep; write one placement, such as `random(4, seed: 1)`")
            return nil
        }
        var count: Int?
        if name == "choose" {
            guard let amount = onlyAmount(&parser.problems), let depth else { return nil }
            do throws(PlacementError) {
                count = try amount.count(inDepth: depth)
            } catch {
                report(error, &parser.problems)
                return nil
            }
        } else if !arguments.isEmpty {
            reportForm(&parser.problems)
            return nil
        }
        guard let depth else { return nil }
        parser.sets.append(PlacementSet(count: count, candidates: Array(0..<depth)))
        return .set(parser.sets.count - 1)
    }

    private func report(_ error: PlacementError, _ problems: inout TextProblems) {
        let place = error.argument.flatMap { arguments.indices.contains($0) ? arguments[$0].range : nil }
        problems.add(error.message, at: place ?? range, remedy: error.remedy)
    }

    private func reportForm(_ problems: inout TextProblems) {
        problems.add("`\(name)` has other arguments", at: range, remedy: "write it as `\(form)`")
    }

    /// The placement's value; nil where its arguments are wrong, which has been reported.
    private func placement(_ problems: inout TextProblems) -> Placement? {
        switch name {
        case "first": return onlyAmount(&problems).map { .first($0) }
        case "last": return onlyAmount(&problems).map { .last($0) }
        case "middle": return onlyAmount(&problems).map { .middle($0) }
        case "every": return every(&problems)
        case "random": return random(&problems)
        case "positions": return positions(&problems)
        default:
            guard arguments.isEmpty else {
                reportForm(&problems)
                return nil
            }
            return name == "all" ? .all : Placement.none
        }
    }

    private func onlyAmount(_ problems: inout TextProblems) -> Placement.Amount? {
        guard arguments.count == 1, arguments[0].label == nil else {
            reportForm(&problems)
            return nil
        }
        return amount(arguments[0], &problems)
    }

    private func every(_ problems: inout TextProblems) -> Placement? {
        guard (1...2).contains(arguments.count), arguments[0].label == nil,
            arguments.dropFirst().allSatisfy({ $0.label == "from" })
        else {
            reportForm(&problems)
            return nil
        }
        guard let step = whole(arguments[0], &problems) else { return nil }
        guard arguments.count == 2 else { return .every(step) }
        return whole(arguments[1], &problems).map { .every(step, from: $0) }
    }

    private func random(_ problems: inout TextProblems) -> Placement? {
        if arguments.count == 1, arguments[0].label == nil {
            problems.add(
                "`random` has no seed", at: range, remedy: "a draw must be repeatable: write `\(form)`")
            return nil
        }
        guard arguments.count == 2, arguments[0].label == nil, arguments[1].label == "seed" else {
            reportForm(&problems)
            return nil
        }
        guard let amount = amount(arguments[0], &problems) else { return nil }
        guard arguments[1].denominator == nil, let seed = UInt64(arguments[1].number) else {
            problems.add("the seed is not a whole number from 0 to 2⁶⁴ − 1", at: arguments[1].range)
            return nil
        }
        return .random(amount, seed: seed)
    }

    private func positions(_ problems: inout TextProblems) -> Placement? {
        guard !arguments.isEmpty, arguments.allSatisfy({ $0.label == nil }) else {
            reportForm(&problems)
            return nil
        }
        let positions = arguments.map { whole($0, &problems) }
        return positions.contains(nil) ? nil : .positions(positions.compactMap(\.self))
    }

    private func whole(_ argument: Argument, _ problems: inout TextProblems) -> Int? {
        guard argument.denominator == nil, let value = Int(argument.number) else {
            problems.add(
                "`\(elided(argument.text))` is not a whole number of this size", at: argument.range,
                remedy: "write `\(form)`")
            return nil
        }
        return value
    }

    /// A count, a fraction `1/2`, or a decimal `0.5`, which is a fraction of tenths, hundredths, ….
    private func amount(_ argument: Argument, _ problems: inout TextProblems) -> Placement.Amount? {
        let parts = argument.number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        if let denominator = argument.denominator {
            if let numerator = Int(argument.number), let denominator = Int(denominator) {
                return .fraction(numerator, denominator)
            }
        } else if parts.count == 1, let count = Int(argument.number) {
            return .count(count)
        } else if parts.count == 2, parts[1].count <= 9, let digits = Int(parts[0] + parts[1]) {
            return .fraction(digits, (0..<parts[1].count).reduce(1) { power, _ in power * 10 })
        }
        problems.add(
            "`\(elided(argument.text))` is neither a count nor a fraction of the stage", at: argument.range,
            remedy: "write `\(form)`")
        return nil
    }
}

extension PlacementSyntax.Argument {
    /// The value as written.
    var text: String { denominator.map { "\(number)/\($0)" } ?? number }
}
