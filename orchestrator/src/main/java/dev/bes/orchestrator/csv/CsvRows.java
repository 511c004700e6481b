package dev.bes.orchestrator.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checks a CSV file that comes in blocks: that it is text in UTF-8, has a header with the columns asked for, and that every row
 * is as wide as the header. It keeps nothing but the header.
 */
final class CsvRows {
    private static final byte[] BOM = "\uFEFF".getBytes(StandardCharsets.UTF_8);

    /** Where the next byte is: at the first of a field, which may be a quote. */
    private static final int START = 0;
    /** In a field without quotes. */
    private static final int PLAIN = 1;
    /** Between quotes. */
    private static final int QUOTED = 2;
    /** Behind a quote that has closed the field, unless another quote follows. */
    private static final int CLOSED = 3;

    private final CsvRules rules;
    private final int mostFields;
    private final CsvHeader header;
    private final LinePosition position = new LinePosition();
    private final Characters characters = new Characters(position);
    private int width;
    private long count;

    private long taken;
    private byte last;
    private int place = START;
    private int commas;
    private long rowLine = 1;
    private long rowStart;
    private long fieldStart;
    private boolean blankAtTop;

    CsvRows(CsvRules rules) {
        this.rules = rules;
        this.mostFields = rules.mostFields();
        this.header = new CsvHeader(rules);
    }

    /**
     * Takes the next block.
     *
     * @throws InvalidCsvException if the file is not as it must be
     */
    void take(byte[] block) throws InvalidCsvException {
        if (block.length == 0) {
            return;
        }
        if (taken == 0) {
            begin(block);
        }
        // what is too long is too long wherever a block ends
        long room = 1 + Math.min(rules.longestField() - taken + fieldStart, rules.longestRow() - taken + rowStart);
        if (block.length > room) {
            takeShort(Arrays.copyOf(block, (int) room));
            take(Arrays.copyOfRange(block, (int) room, block.length));
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
        if (place == START || place == PLAIN) {
            fieldStart = lastFieldStart(block);
        }
        position.blockEnded(block, taken);
        last = block[block.length - 1];
        taken += block.length;
        if (taken - fieldStart > rules.longestField()) {
            throw fault("has a field of more than %d MiB%s"
                    .formatted(rules.longestField() >> 20, place == QUOTED ? "; is its quote never closed?" : ""));
        }
        if (taken - rowStart > rules.longestRow()) {
            throw fault("is longer than %d MiB".formatted(rules.longestRow() >> 20));
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
     * There is no more to come.
     *
     * @return the names of the columns
     * @throws InvalidCsvException if the file is not as it must be
     */
    List<String> end() throws InvalidCsvException {
        characters.end(taken);
        if (place == QUOTED) {
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

    /** How many data rows have come. */
    long count() {
        return count;
    }

    private static boolean startsWithBom(byte[] block) {
        return block.length >= BOM.length && Arrays.equals(block, 0, BOM.length, BOM, 0, BOM.length);
    }

    private void scan(byte[] block, int from) throws InvalidCsvException {
        int at = behindFields(block, from < block.length && characters.isOpen() ? behindText(block, from) : from);
        while (at < block.length) {
            at = behindFields(
                    block,
                    switch (place) {
                        case START -> block[at] == '"' ? quoted(block, opened(at)) : plain(block, at);
                        case PLAIN -> plain(block, at);
                        case QUOTED -> quoted(block, at);
                        default -> closed(block, at);
                    });
        }
    }

    /** Passes over fields without quotes, eight bytes at a time and without a stop at each comma: most of most files. */
    private int behindFields(byte[] block, int from) throws InvalidCsvException {
        if (place == QUOTED || place == CLOSED) {
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
            place = block[at - 1] == ',' ? START : PLAIN;
            expectFewFields();
        }
        return at;
    }

    private int plain(byte[] block, int from) throws InvalidCsvException {
        place = PLAIN;
        int at = ByteWords.next(block, from, ByteWords.COMMA);
        if (at == block.length) {
            return at;
        }
        return switch (block[at]) {
            case ',' -> behindComma(at);
            case '\r', '\n' -> behindLine(block, at);
            default -> behindText(block, at);
        };
    }

    private int opened(int at) {
        fieldStart = taken + at;
        return at + 1;
    }

    private int quoted(byte[] block, int from) throws InvalidCsvException {
        place = QUOTED;
        int at = ByteWords.next(block, from, ByteWords.QUOTE);
        if (at == block.length) {
            return at;
        }
        return switch (block[at]) {
            case '"' -> {
                place = CLOSED;
                yield at + 1;
            }
            case '\r', '\n' -> behindLine(block, at);
            default -> behindText(block, at);
        };
    }

    private int closed(byte[] block, int at) throws InvalidCsvException {
        byte next = block[at];
        return switch (next) {
            case '"' -> {
                place = QUOTED;
                yield at + 1;
            }
            case ',' -> behindComma(at);
            case '\r', '\n' -> behindLine(block, at);
            default -> throw notReadable(block, at);
        };
    }

    private int behindComma(int at) throws InvalidCsvException {
        place = START;
        commas++;
        expectFewFields();
        return at + 1;
    }

    private void expectFewFields() throws InvalidCsvException {
        if (commas >= mostFields) {
            throw fault("has more than %,d fields".formatted(mostFields));
        }
    }

    private int behindLine(byte[] block, int at) throws InvalidCsvException {
        boolean second = block[at] == '\n' && (at > 0 ? block[at - 1] : last) == '\r';
        if (place != QUOTED && !second) {
            if (taken + at == rowStart) {
                blankLine();
            } else {
                endRow(block, at);
            }
        }
        position.lineEnded(taken + at + 1, second);
        if (place != QUOTED) {
            place = START;
            commas = 0;
            rowLine = position.line();
            rowStart = taken + at + 1;
        }
        return at + 1;
    }

    private int behindText(byte[] block, int at) throws InvalidCsvException {
        return characters.behind(block, taken, at);
    }

    /** A line without a byte is no row; where it could be taken for one it is refused. */
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
        return new InvalidCsvException("is not readable as CSV: line %d has %s behind a closing quote%s"
                .formatted(position.line(), what, next == ';' ? "; separate the columns by commas" : ""));
    }

    private InvalidCsvException fault(String what) {
        return new InvalidCsvException("line " + rowLine + " " + what);
    }
}
