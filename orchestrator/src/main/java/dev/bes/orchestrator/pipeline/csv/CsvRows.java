package dev.bes.orchestrator.pipeline.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Checks a CSV file that comes in blocks: that it is UTF-8, has a header with the columns asked for, and that every row is as
 * wide as the header. It keeps nothing but the header.
 */
final class CsvRows {
    private static final byte[] BOM = "\uFEFF".getBytes(StandardCharsets.UTF_8);
    private static final int LONGEST_ROW = 64 << 20;
    private static final int MOST_FIELDS = 1 << 14;

    /** Where the next byte is: at the first of a field, which may be a quote. */
    private static final int START = 0;
    /** In a field without quotes. */
    private static final int PLAIN = 1;
    /** Between quotes. */
    private static final int QUOTED = 2;
    /** Behind a quote that has closed the field, unless another quote follows. */
    private static final int CLOSED = 3;

    private final List<String> columns;
    private final Utf8 utf8 = new Utf8();
    private final CsvHeader header = new CsvHeader();
    private int width;
    private long count;

    private long taken;
    private byte last;
    private int place = START;
    private long line = 1;
    private int commas;
    private long rowLine = 1;
    private long rowStart;

    /** @param columns those that the header must have */
    CsvRows(List<String> columns) {
        this.columns = columns;
    }

    /**
     * Takes the next block.
     *
     * @throws CsvFault if the file is not as it must be
     */
    void take(byte[] block) throws CsvFault {
        if (block.length == 0) {
            return;
        }
        if (taken == 0 && startsWithBom(block)) {
            rowStart = BOM.length;
        }
        scan(block, taken == 0 ? (int) rowStart : 0);
        if (width == 0) {
            header.keep(block, block.length);
        }
        last = block[block.length - 1];
        taken += block.length;
        if (taken - rowStart > LONGEST_ROW) {
            throw fault("is longer than %d MiB".formatted(LONGEST_ROW >> 20));
        }
    }

    /**
     * There is no more to come.
     *
     * @return the names of the columns
     * @throws CsvFault if the file is not as it must be
     */
    List<String> end() throws CsvFault {
        if (utf8.isOpen()) {
            throw notUtf8();
        }
        if (place == QUOTED) {
            throw fault("opens a quote that is never closed");
        }
        endRow(new byte[0], 0);
        if (width == 0) {
            throw new CsvFault("is empty");
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

    private void scan(byte[] block, int from) throws CsvFault {
        int at = behindFields(block, utf8.isOpen() ? behindCharacters(block, from) : from);
        while (at < block.length) {
            at = behindFields(
                    block,
                    switch (place) {
                        case START -> block[at] == '"' ? quoted(block, at + 1) : plain(block, at);
                        case PLAIN -> plain(block, at);
                        case QUOTED -> quoted(block, at);
                        default -> closed(block, at);
                    });
        }
    }

    /** Passes over fields without quotes, eight bytes at a time and without a stop at each comma: most of most files. */
    private int behindFields(byte[] block, int from) throws CsvFault {
        if (place == QUOTED || place == CLOSED) {
            return from;
        }
        int at = from;
        int more = 0;
        while (more >= 0 && at <= block.length - Long.BYTES) {
            more = Words.commas(block, at);
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

    private int plain(byte[] block, int from) throws CsvFault {
        place = PLAIN;
        int at = Words.next(block, from, Words.COMMA);
        if (at == block.length) {
            return at;
        }
        return switch (block[at]) {
            case ',' -> behindComma(at);
            case '\r', '\n' -> behindLine(block, at);
            default -> behindText(block, at);
        };
    }

    private int quoted(byte[] block, int from) throws CsvFault {
        place = QUOTED;
        int at = Words.next(block, from, Words.QUOTE);
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

    private int closed(byte[] block, int at) throws CsvFault {
        byte next = block[at];
        return switch (next) {
            case '"' -> {
                place = QUOTED;
                yield at + 1;
            }
            case ',' -> behindComma(at);
            case '\r', '\n' -> behindLine(block, at);
            default -> throw notReadable(next);
        };
    }

    private int behindComma(int at) throws CsvFault {
        place = START;
        commas++;
        expectFewFields();
        return at + 1;
    }

    private void expectFewFields() throws CsvFault {
        if (commas >= MOST_FIELDS) {
            throw fault("has more than %,d fields".formatted(MOST_FIELDS));
        }
    }

    private int behindLine(byte[] block, int at) throws CsvFault {
        boolean second = block[at] == '\n' && (at > 0 ? block[at - 1] : last) == '\r';
        if (!second) {
            line++;
        }
        if (place != QUOTED) {
            if (!second) {
                endRow(block, at);
            }
            place = START;
            commas = 0;
            rowLine = line;
            rowStart = taken + at + 1;
        }
        return at + 1;
    }

    private int behindText(byte[] block, int at) throws CsvFault {
        return block[at] < 0 ? behindCharacters(block, at) : at + 1;
    }

    private int behindCharacters(byte[] block, int from) throws CsvFault {
        int at = from;
        while (at < block.length && (block[at] < 0 || utf8.isOpen())) {
            if (!utf8.accepts(block[at])) {
                throw notUtf8();
            }
            at++;
        }
        return at;
    }

    /** A row without a byte is none. */
    private void endRow(byte[] block, int at) throws CsvFault {
        if (taken + at == rowStart) {
            return;
        }
        if (width == 0) {
            header.keep(block, at);
            header.end(columns);
            width = header.names().size();
        } else if (commas + 1 == width) {
            count++;
        } else {
            throw fault("has %d fields, the header has %d".formatted(commas + 1, width));
        }
    }

    private CsvFault notUtf8() {
        return new CsvFault("line " + line + " is not UTF-8; save the file as UTF-8 and try again");
    }

    private CsvFault notReadable(byte next) {
        String what = next > ' ' && next < 0x7F ? "'" + (char) next + "'" : "0x%02x".formatted(next);
        return new CsvFault("is not readable as CSV: line %d has %s behind a closing quote".formatted(line, what));
    }

    private CsvFault fault(String what) {
        return new CsvFault("line " + rowLine + " " + what);
    }
}
