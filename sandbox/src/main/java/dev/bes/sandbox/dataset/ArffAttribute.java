package dev.bes.sandbox.dataset;

import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An attribute of an ARFF file.
 *
 * @param allowed the values of a nominal attribute; empty for other kinds
 * @param dates reads a date as Weka does; empty for other kinds
 * @param omitted the value that a sparse row means when it leaves the attribute out
 */
record ArffAttribute(Column column, Set<String> allowed, Optional<SimpleDateFormat> dates, String omitted) {

    private static final String DATE_FORMAT = "yyyy-MM-dd'T'HH:mm:ss";

    static ArffAttribute text(String name) {
        return new ArffAttribute(new Column(name, ColumnType.STRING, "string"), Set.of(), Optional.empty(), "");
    }

    /** @param kind {@code numeric}, {@code real} or {@code integer}, which Weka does not tell apart */
    static ArffAttribute number(String name, String kind) {
        return new ArffAttribute(new Column(name, ColumnType.DOUBLE, kind), Set.of(), Optional.empty(), "0");
    }

    static ArffAttribute nominal(String name, Set<String> values) {
        String type = values.stream().map(ArffWriter::quoted).collect(Collectors.joining(",", "{", "}"));
        return new ArffAttribute(
                new Column(name, ColumnType.STRING, type),
                values,
                Optional.empty(),
                values.stream().findFirst().orElse(""));
    }

    /** @throws InvalidDataset when the format is not one of Java's */
    static ArffAttribute date(String name, List<String> formats, long line) {
        String format = formats.isEmpty() ? DATE_FORMAT : formats.getFirst();
        try {
            String omitted =
                    DateTimeFormatter.ofPattern(format, Locale.ROOT).format(Instant.EPOCH.atZone(ZoneOffset.UTC));
            Column column = new Column(name, ColumnType.DATE_TIME, "date " + ArffWriter.quoted(format));
            return new ArffAttribute(column, Set.of(), Optional.of(new SimpleDateFormat(format, Locale.ROOT)), omitted);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw InvalidDataset.at(line, "the date format \"" + format + "\" is not valid: " + e.getMessage());
        }
    }

    /** @throws InvalidDataset when the value is not one of this attribute's */
    String checked(String value, long line) {
        if (column.type() == ColumnType.DOUBLE && !ColumnType.DOUBLE.accepts(value)) {
            throw InvalidDataset.at(
                    line, "\"" + value + "\" is no number, as attribute " + column.name() + " asks for");
        }
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            throw InvalidDataset.at(
                    line, "\"" + value + "\" is none of the values that attribute " + column.name() + " declares");
        }
        if (dates.filter(it -> it.parse(value, new ParsePosition(0)) == null).isPresent()) {
            throw InvalidDataset.at(
                    line, "\"" + value + "\" is no date of the form that attribute " + column.name() + " declares");
        }
        return value;
    }
}
