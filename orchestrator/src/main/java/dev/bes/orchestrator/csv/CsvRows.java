package dev.bes.orchestrator.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checks a CSV file that arrives in blocks: it must be UTF-8 text, have a header with the required columns, and have the same
 * number of fields in every row. Keeps only the header in memory.
 */
final class CsvRows {
    private static final byte[] BOM = "\uFEFF".getBytes(StandardCharsets.UTF_8);

    /** The parser state: at the first byte of a field, which may be a quote. */
    private static final int START = 0;
    /** In an unquoted field. */
    private static final int PLAIN = 1;
    /** In a quoted field. */
    private static final int QUOTED = 2;
    /** After a quote that closes the field unless another quote follows. */
    private static final int CLOSED = 3;

    private final CsvRules rules;
    private final int maxFields;
    private final CsvHeader header;
    private final LinePosition position = new LinePosition();
    private final Characters characters = new Characters(position);
    private int width;
    private long count;
    private long taken;
    private byte last;
    private int state = START;
    private int commas;
    private long rowLine = 1;
    private long rowStart;
    private long fieldStart;
    private boolean blankAtTop;

    CsvRows(CsvRules rules) {
        this.rules = rules;
        this.maxFields = rules.maxFields();
        this.header = new CsvHeader(rules);
    }

    /**
     * Takes the next block.
     *
     * @throws InvalidCsvException if the file is invalid
     */
    void take(byte[] block) throws InvalidCsvException {
        if (block.length == 0) {
            return;
        }
        if (taken == 0) {
            begin(block);
        }
        // the limits hold wherever a block ends
        long allowed = 1 + Math.min(rules.maxField() - taken + fieldStart, rules.maxRow() - taken + rowStart);
        if (block.length > allowed) {
            takeShort(Arrays.copyOf(block, (int) allowed));
            take(Arrays.copyOfRange(block, (int) allowed, block.length));
        } else {
            takeShort(block);
        }
    }

    private void begin(byte[] block) throws InvalidCsvException {
        Optional<String> fault = FormatGuess.fault(block);
        if (fault.isPresent()) {
            throw new InvalidCsvException(fault.get());
        }
        if (startsWithBom(block)) {
            rowStart = BOM.length;
            fieldStart = BOM.length;
            position.begin(BOM.length);
        }
    }

    private void takeShort(byte[] block) throws InvalidCsvException {
        scan(block, taken == 0 ? (int) rowStart : 0);
        if (width == 0) {
            header.keep(block, block.length);
        }
        if (state == START || state == PLAIN) {
            fieldStart = lastFieldStart(block);
        }
        position.blockEnded(block, taken);
        last = block[block.length - 1];
        taken += block.length;
        if (taken - fieldStart > rules.maxField()) {
            throw fault("has a field of more than %d MiB%s"
                    .formatted(rules.maxField() >> 20, state == QUOTED ? "; is its quote never closed?" : ""));
        }
        if (taken - rowStart > rules.maxRow()) {
            throw fault("is longer than %d MiB".formatted(rules.maxRow() >> 20));
        }
    }

    private long lastFieldStart(byte[] block) {
        for (int at = block.length - 1; at >= 0; at--) {
            if (block[at] == ',' || block[at] == '\n' || block[at] == '\r') {
                return taken + at + 1;
            }
        }
        return fieldStart;
    }

    /**
     * Ends the file.
     *
     * @return the names of the columns
     * @throws InvalidCsvException if the file is invalid
     */
    List<String> end() throws InvalidCsvException {
        characters.end(taken);
        if (state == QUOTED) {
            throw fault("opens a quote that is never closed");
        }
        if (taken > rowStart) {
            endRow(new byte[0], 0);
        }
        if (width == 0) {
            throw new InvalidCsvException("is empty");
        }
        return header.names();
    }

    /** The number of data rows so far. */
    long count() {
        return count;
    }

    private static boolean startsWithBom(byte[] block) {
        return block.length >= BOM.length && Arrays.equals(block, 0, BOM.length, BOM, 0, BOM.length);
    }

    private void scan(byte[] block, int from) throws InvalidCsvException {
        int at = afterFields(block, from < block.length && characters.isOpen() ? afterText(block, from) : from);
        while (at < block.length) {
            at = afterFields(
                    block,
                    switch (state) {
                        case START -> block[at] == '"' ? quoted(block, opened(at)) : plain(block, at);
                        case PLAIN -> plain(block, at);
                        case QUOTED -> quoted(block, at);
                        default -> closed(block, at);
                    });
        }
    }

    /** Fast path: skips unquoted fields eight bytes at a time, which is most of most files. */
    private int afterFields(byte[] block, int from) throws InvalidCsvException {
        if (state == QUOTED || state == CLOSED) {
            return from;
        }
        int at = from;
        int more = 0;
        while (more >= 0 && at <= block.length - Long.BYTES) {
            more = ByteWords.commas(block, at);
            if (more >= 0) {
                commas += more;
                at += Long.BYTES;
            }
        }
        if (at > from) {
            state = block[at - 1] == ',' ? START : PLAIN;
            checkFieldCount();
        }
        return at;
    }

    private int plain(byte[] block, int from) throws InvalidCsvException {
        state = PLAIN;
        int at = ByteWords.next(block, from, ByteWords.COMMA);
        if (at == block.length) {
            return at;
        }
        return switch (block[at]) {
            case ',' -> afterComma(at);
            case '\r', '\n' -> afterLine(block, at);
            default -> afterText(block, at);
        };
    }

    private int opened(int at) {
        fieldStart = taken + at;
        return at + 1;
    }

    private int quoted(byte[] block, int from) throws InvalidCsvException {
        state = QUOTED;
        int at = ByteWords.next(block, from, ByteWords.QUOTE);
        if (at == block.length) {
            return at;
        }
        return switch (block[at]) {
            case '"' -> {
                state = CLOSED;
                yield at + 1;
            }
            case '\r', '\n' -> afterLine(block, at);
            default -> afterText(block, at);
        };
    }

    private int closed(byte[] block, int at) throws InvalidCsvException {
        byte next = block[at];
        return switch (next) {
            case '"' -> {
                state = QUOTED;
                yield at + 1;
            }
            case ',' -> afterComma(at);
            case '\r', '\n' -> afterLine(block, at);
            default -> throw notReadable(block, at);
        };
    }

    private int afterComma(int at) throws InvalidCsvException {
        state = START;
        commas++;
        checkFieldCount();
        return at + 1;
    }

    private void checkFieldCount() throws InvalidCsvException {
        if (commas >= maxFields) {
            throw fault("has more than %,d fields".formatted(maxFields));
        }
    }

    private int afterLine(byte[] block, int at) throws InvalidCsvException {
        boolean second = block[at] == '\n' && (at > 0 ? block[at - 1] : last) == '\r';
        if (state != QUOTED && !second) {
            if (taken + at == rowStart) {
                blankLine();
            } else {
                endRow(block, at);
            }
        }
        position.lineEnded(taken + at + 1, second);
        if (state != QUOTED) {
            state = START;
            commas = 0;
            rowLine = position.line();
            rowStart = taken + at + 1;
        }
        return at + 1;
    }

    private int afterText(byte[] block, int at) throws InvalidCsvException {
        return characters.after(block, taken, at);
    }

    /** An empty line is no row. It is refused where it may stand for one. */
    private void blankLine() throws InvalidCsvException {
        if (width == 0) {
            blankAtTop = true;
        } else if (width == 1 && rules.strict()) {
            throw fault("is blank. In a file with one column that may stand for an empty value or for nothing:"
                    + " write \"\" for an empty value, or remove the line");
        }
    }

    private void endRow(byte[] block, int at) throws InvalidCsvException {
        if (width == 0) {
            endHeader(block, at);
        } else if (commas + 1 == width) {
            count++;
        } else {
            throw fault("has %d fields, the header has %d".formatted(commas + 1, width));
        }
    }

    private void endHeader(byte[] block, int at) throws InvalidCsvException {
        if (blankAtTop && rules.strict()) {
            throw new InvalidCsvException(
                    "line 1 is blank, but the header must stand there; remove the blank lines above it");
        }
        header.keep(block, at);
        header.end();
        width = commas + 1;
    }

    private InvalidCsvException notReadable(byte[] block, int at) throws InvalidCsvException {
        characters.refuseControl(block, taken, at);
        byte next = block[at];
        String what = next > ' ' && next < 0x7F ? "'" + (char) next + "'" : "0x%02x".formatted(next);
        return new InvalidCsvException("is not readable as CSV: line %d has %s after a closing quote%s"
                .formatted(
                        position.line(), next == ' ' ? "a space" : what, FormatGuess.separator(next, rules.strict())));
    }

    private InvalidCsvException fault(String what) {
        return new InvalidCsvException("line " + rowLine + " " + what);
    }
}
