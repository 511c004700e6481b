package dev.bes.sandbox.dataset;

import dev.bes.sandbox.dataset.ArffTokens.Kind;
import dev.bes.sandbox.dataset.ArffTokens.Token;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads ARFF, dense and sparse rows. Weights of rows are left out. Source: the format's page in Weka's wiki. */
final class ArffReader implements RowReader {

    private final ArffTokens tokens;
    private final List<ArffAttribute> attributes;
    private final List<Column> columns;

    private ArffReader(ArffTokens tokens, List<ArffAttribute> attributes) {
        this.tokens = tokens;
        this.attributes = attributes;
        this.columns = attributes.stream().map(ArffAttribute::column).toList();
    }

    static ArffReader open(InputStream in) {
        ArffTokens tokens = new ArffTokens(in);
        return new ArffReader(tokens, ArffHeader.read(tokens));
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public @Nullable List<@Nullable String> next() {
        Token first = tokens.next();
        while (first.kind() == Kind.LINE_END) {
            first = tokens.next();
        }
        if (first.kind() == Kind.FILE_END) {
            return null;
        }
        return first.kind() == Kind.OPEN ? sparse(first.line()) : dense(first);
    }

    @Override
    public void close() {
        tokens.close();
    }

    private List<@Nullable String> dense(Token first) {
        List<@Nullable String> row = new ArrayList<>(attributes.size());
        Token token = first;
        while (!token.endsLine() && token.kind() != Kind.OPEN) {
            if (!token.isValue()) {
                throw InvalidDataset.at(
                        first.line(), "value " + (row.size() + 1) + " is empty; write ? for a missing value");
            }
            row.add(value(row.size(), token));
            token = tokens.next();
            if (token.kind() == Kind.COMMA) {
                token = afterComma(row.size());
            }
        }
        if (row.size() != attributes.size()) {
            throw unequal(first.line(), row.size());
        }
        skipWeight(token);
        return row;
    }

    private Token afterComma(int values) {
        Token token = tokens.next();
        if (token.endsLine()) {
            throw InvalidDataset.at(token.line(), "value " + (values + 1) + " is empty; write ? for a missing value");
        }
        return token;
    }

    private List<@Nullable String> sparse(long line) {
        List<@Nullable String> row = new ArrayList<>(attributes.size());
        attributes.forEach(attribute -> row.add(attribute.omitted()));
        Token token = tokens.next();
        int last = -1;
        while (token.kind() != Kind.CLOSE) {
            int index = index(token);
            if (index <= last) {
                throw InvalidDataset.at(line, "the indices of a sparse row must ascend: " + index + " after " + last);
            }
            last = index;
            Token value = tokens.next();
            if (!value.isValue()) {
                throw InvalidDataset.at(line, "attribute " + index + " of a sparse row has no value");
            }
            row.set(index, value(index, value));
            token = tokens.next();
            if (token.kind() == Kind.COMMA) {
                token = tokens.next();
            }
        }
        Token after = tokens.next();
        skipWeight(after.kind() == Kind.COMMA ? tokens.next() : after);
        return row;
    }

    private int index(Token token) {
        boolean number = token.kind() == Kind.WORD && token.text().matches("\\d{1,6}");
        if (!number || Integer.parseInt(token.text()) >= attributes.size()) {
            throw InvalidDataset.at(
                    token.line(),
                    "a sparse row is {index value, …}, with an index from 0 to " + (attributes.size() - 1));
        }
        return Integer.parseInt(token.text());
    }

    private @Nullable String value(int index, Token token) {
        if (index >= attributes.size()) {
            throw InvalidDataset.at(
                    token.line(),
                    "All rows must have same number of elements: expected " + attributes.size() + ", found more");
        }
        return token.isMissing() ? null : attributes.get(index).checked(token.text(), token.line());
    }

    /** A row may end with its weight: {@code {5}}. */
    private void skipWeight(Token token) {
        if (token.endsLine()) {
            return;
        }
        Token weight = tokens.next();
        boolean valid = token.kind() == Kind.OPEN
                && ColumnType.DOUBLE.accepts(weight.text())
                && tokens.next().kind() == Kind.CLOSE;
        if (!valid || !tokens.next().endsLine()) {
            throw InvalidDataset.at(token.line(), "the row should end here, or with a weight as {5}");
        }
    }

    private InvalidDataset unequal(long line, int found) {
        return InvalidDataset.at(
                line, "All rows must have same number of elements: expected " + attributes.size() + ", found " + found);
    }
}
