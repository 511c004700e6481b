package dev.bes.sandbox.dataset;

import dev.bes.sandbox.dataset.ArffTokens.Kind;
import dev.bes.sandbox.dataset.ArffTokens.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the header of an ARFF file: the relation and its attributes, to the line {@code @data}. */
final class ArffHeader {

    private static final int MOST_ATTRIBUTES = 1 << 17;

    private final ArffTokens tokens;
    private final List<ArffAttribute> attributes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private ArffHeader(ArffTokens tokens) {
        this.tokens = tokens;
    }

    static List<ArffAttribute> read(ArffTokens tokens) {
        return new ArffHeader(tokens).read();
    }

    private List<ArffAttribute> read() {
        Token first = keyword();
        if (first.kind() == Kind.FILE_END) {
            throw InvalidDataset.empty();
        }
        if (!first.isKeyword("@relation")) {
            throw InvalidDataset.at(first.line(), "@relation is missing; an ARFF file begins with it");
        }
        rest();
        Token next = keyword();
        while (next.isKeyword("@attribute")) {
            add(attribute(next.line()), next.line());
            next = keyword();
        }
        if (!next.isKeyword("@data")) {
            throw InvalidDataset.at(next.line(), "@attribute or @data is missing here");
        }
        if (attributes.isEmpty()) {
            throw InvalidDataset.at(next.line(), "there is no @attribute before @data");
        }
        lineMustEnd(tokens.next());
        return attributes;
    }

    private void add(ArffAttribute attribute, long line) {
        if (!names.add(attribute.column().name())) {
            throw InvalidDataset.at(line, "attribute " + attribute.column().name() + " is declared twice");
        }
        if (attributes.size() == MOST_ATTRIBUTES) {
            throw InvalidDataset.at(line, "there are more than " + MOST_ATTRIBUTES + " attributes");
        }
        attributes.add(attribute);
    }

    private ArffAttribute attribute(long line) {
        Token name = tokens.next();
        if (!name.isValue()) {
            throw InvalidDataset.at(line, "@attribute needs a name; put quotes around one with special characters");
        }
        Token type = tokens.next();
        if (type.kind() == Kind.OPEN) {
            return nominal(name.text());
        }
        String kind = type.text().toLowerCase(Locale.ROOT);
        List<String> rest = rest();
        return switch (kind) {
            case "string" -> ArffAttribute.text(name.text());
            case "numeric", "real", "integer" -> ArffAttribute.number(name.text(), kind);
            case "date" -> ArffAttribute.date(name.text(), rest, line);
            default ->
                throw InvalidDataset.at(
                        line,
                        "the type of attribute " + name.text() + " is none of numeric, real, integer, string, date"
                                + " and {…}");
        };
    }

    private ArffAttribute nominal(String name) {
        Set<String> values = new LinkedHashSet<>();
        Token next = tokens.next();
        while (next.kind() != Kind.CLOSE) {
            if (next.endsLine() || next.kind() == Kind.OPEN) {
                throw InvalidDataset.at(next.line(), "the values of attribute " + name + " do not end with }");
            }
            if (next.isValue()) {
                values.add(next.text());
            }
            next = tokens.next();
        }
        if (values.isEmpty()) {
            throw InvalidDataset.at(next.line(), "attribute " + name + " declares no values");
        }
        lineMustEnd(tokens.next());
        return ArffAttribute.nominal(name, values);
    }

    /** The next token that does not end a line. */
    private Token keyword() {
        Token token = tokens.next();
        while (token.kind() == Kind.LINE_END) {
            token = tokens.next();
        }
        return token;
    }

    private List<String> rest() {
        List<String> rest = new ArrayList<>();
        for (Token token = tokens.next(); !token.endsLine(); token = tokens.next()) {
            rest.add(token.text());
        }
        return rest;
    }

    private static void lineMustEnd(Token token) {
        if (!token.endsLine()) {
            throw InvalidDataset.at(token.line(), "the line should end before \"" + token.text() + "\"");
        }
    }
}
