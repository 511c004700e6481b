package dev.bes.orchestrator.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognizes the format of a file that is not UTF-8 CSV by its first bytes, for a helpful message. */
final class FormatGuess {
    private static final int SAMPLE = 4096;

    private static final Map<String, List<Charset>> WIDE = Map.of(
            "UTF-32", List.of(StandardCharsets.UTF_32LE, StandardCharsets.UTF_32BE),
            "UTF-16", List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE));

    /** First bytes as Latin-1, and the format that starts with them. */
    private static final Map<String, String> MAGIC = Map.ofEntries(
            Map.entry("\u00D0\u00CF\u0011\u00E0", "an Excel workbook; save it as 'CSV UTF-8'"),
            Map.entry("\u001F\u008B", "a gzip archive; unpack it"),
            Map.entry("BZh91AY", "a bzip2 archive; unpack it"),
            Map.entry("\u00FD7zXZ\u0000", "an xz archive; unpack it"),
            Map.entry("(\u00B5/\u00FD", "a zstd archive; unpack it"),
            Map.entry("7z\u00BC\u00AF", "a 7-Zip archive; unpack it"),
            Map.entry("Rar!\u001A", "a RAR archive; unpack it"),
            Map.entry("%PDF-", "a PDF; export the data as CSV"),
            Map.entry("PAR1\u0015", "a Parquet file; export it as CSV"),
            Map.entry("ARROW1\u0000", "an Arrow file; export it as CSV"),
            Map.entry("Obj\u0001", "an Avro file; export it as CSV"),
            Map.entry("SQLite format 3\u0000", "an SQLite database; export a table as CSV"),
            Map.entry("{\\rtf", "a document in rich text; save it as plain text"),
            Map.entry("\u0089PNG\r\n", "a picture; send a CSV file"),
            Map.entry("\u00FF\u00D8\u00FF", "a picture; send a CSV file"));

    private static final Pattern MARKUP = Pattern.compile("<(!doctype\\s+html|html|head|body)\\b.*", Pattern.DOTALL);
    private static final Pattern JSON = Pattern.compile("(\\{\\s*\"|\\[\\s*\\{).*", Pattern.DOTALL);

    private FormatGuess() {}

    /**
     * What to say of a byte that stands where a comma should; nothing of most.
     *
     * @param ofPeople whether people made the file; what a program wrote may be a data frame
     */
    static String separator(byte found, boolean ofPeople) {
        if (found == ' ' && !ofPeople) {
            return InvalidCsvException.DATA_FRAME;
        }
        return found == ' ' || found == ';' ? "; separate the columns by commas" : "";
    }

    /** The fault of a file that starts with these bytes; empty if it may be UTF-8 CSV. */
    static Optional<String> fault(byte[] beginning) {
        int length = Math.min(beginning.length, SAMPLE);
        return wide(beginning, length)
                .map(encoding -> "line 1 is not UTF-8, the file looks like " + encoding
                        + "; save the file as UTF-8 and try again")
                .or(() -> other(new String(beginning, 0, length, ISO_8859_1))
                        .map(kind -> "is no CSV: it looks like " + kind + ", and try again"));
    }

    private static Optional<String> other(String start) {
        if (start.startsWith("PK\u0003\u0004")) {
            return Optional.of(zip(start));
        }
        Optional<String> known = MAGIC.entrySet().stream()
                .filter(magic -> start.startsWith(magic.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        return known.isPresent() ? known : text(start);
    }

    private static String zip(String start) {
        if (start.contains("[Content_Types].xml") || start.contains("xl/")) {
            return "an Excel workbook; save it as 'CSV UTF-8'";
        }
        return start.contains("opendocument.spreadsheet")
                ? "an OpenDocument spreadsheet; save it as CSV in UTF-8"
                : "a ZIP archive; unpack it";
    }

    private static Optional<String> text(String start) {
        String text = start.startsWith("\u00EF\u00BB\u00BF") ? start.substring(3) : start;
        // the first byte decides for most files
        char first = text.isEmpty() ? 'a' : text.charAt(0);
        if (Character.isLetterOrDigit(first) || first == '"') {
            return Optional.empty();
        }
        String stripped = text.stripLeading().toLowerCase(Locale.ROOT);
        if (MARKUP.matcher(stripped).matches()) {
            return Optional.of("an HTML page, perhaps that of a login or an error; fetch the data again");
        }
        if (stripped.startsWith("<?xml")) {
            return Optional.of("XML; export the data as CSV");
        }
        return JSON.matcher(stripped).matches() ? Optional.of("JSON; export the data as CSV") : Optional.empty();
    }

    private static Optional<String> wide(byte[] bytes, int length) {
        if (isMarked(bytes, 0xFF, 0xFE, 0, 0) || isMarked(bytes, 0, 0, 0xFE, 0xFF)) {
            return Optional.of("UTF-32");
        }
        if (isMarked(bytes, 0xFF, 0xFE) || isMarked(bytes, 0xFE, 0xFF)) {
            return Optional.of("UTF-16");
        }
        return hasZeros(bytes, length)
                ? List.of("UTF-32", "UTF-16").stream()
                        .filter(name -> WIDE.getOrDefault(name, List.of()).stream()
                                .anyMatch(charset -> isTextIn(charset, name.equals("UTF-32") ? 4 : 2, bytes, length)))
                        .findFirst()
                : Optional.empty();
    }

    private static boolean isMarked(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || Byte.toUnsignedInt(bytes[i]) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasZeros(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether bytes with a zero among them, which no CSV in UTF-8 has, are a text in another encoding. In alphabets every other
     * byte is a control character for UTF-8; in other scripts the bytes are no UTF-8.
     */
    private static boolean isTextIn(Charset charset, int unit, byte[] bytes, int length) {
        ByteBuffer whole = ByteBuffer.wrap(bytes, 0, length / unit * unit);
        CharBuffer text = CharBuffer.allocate(length);
        CoderResult result = charset.newDecoder().decode(whole, text, false);
        return !result.isError()
                && text.position() > 0
                && text.flip()
                        .codePoints()
                        .allMatch(c ->
                                c < 0x80 ? CodePoints.isText((byte) c) : CodePoints.isText(c) && Character.isDefined(c))
                && (4 * controls(bytes, length) >= length || !isUtf8(bytes, length));
    }

    private static int controls(byte[] bytes, int length) {
        int controls = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] >= 0 && !CodePoints.isText(bytes[i])) {
                controls++;
            }
        }
        return controls;
    }

    private static boolean isUtf8(byte[] bytes, int length) {
        Utf8 utf8 = new Utf8();
        for (int i = 0; i < length; i++) {
            if (!utf8.accepts(bytes[i])) {
                return false;
            }
        }
        return true;
    }
}
