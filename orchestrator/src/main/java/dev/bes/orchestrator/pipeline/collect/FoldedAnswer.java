package dev.bes.orchestrator.pipeline.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.Output.Header;
import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.run.fold.FoldMembers.Staged;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the scorings that share a job, taken apart while it is written. The column with the name of the file says whose a row
 * is, that with its number where it belongs; both are removed. Without numbers the rows of a file keep their order. It reports a fault
 * only at the end, so that the fault is not taken for a failed transfer.
 */
final class FoldedAnswer extends OutputStream {
    private static final byte[] NO_HEADER = {};

    private final Definition.Fold fold;
    private final List<Staged> members;
    private final RowSlots slots;
    private final Map<String, Integer> byName = new HashMap<>();
    private final long[] first;
    private final long[] count;
    private final @Nullable String[] faults;
    private final RowFields row = new RowFields();
    private final byte[] single = new byte[1];
    private int fileColumn;
    private int rowColumn = -1;
    private int width;
    private byte[] header = NO_HEADER;
    private byte[] lastName = {};
    private int lastMember = -1;
    private long line;
    private @Nullable InvalidCsvException fault;

    FoldedAnswer(Definition.Fold fold, Output output, List<Staged> members, RowSlots slots) throws IOException {
        this.fold = fold;
        this.members = members;
        this.slots = slots;
        this.first = new long[members.size() + 1];
        this.count = new long[members.size()];
        this.faults = new String[members.size()];
        for (int i = 0; i < members.size(); i++) {
            byName.put(BlobPaths.inputName(members.get(i).scoring()), i);
            first[i + 1] = first[i] + members.get(i).rows();
        }
        if (output.header() == Header.ABSENT) {
            columns(output.columns());
        }
        slots.clear();
    }

    private void columns(List<String> names) {
        width = names.size();
        fileColumn = names.indexOf(fold.file());
        rowColumn = fold.row() == null ? -1 : names.indexOf(fold.row());
    }

    @Override
    public void write(int b) throws IOException {
        single[0] = (byte) b;
        write(single, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length && fault == null; i++) {
            if (row.add(bytes[i])) {
                endRow();
            } else if (row.isTooLong()) {
                refuse("is longer than %d MiB".formatted(RowFields.LONGEST >> 20));
            }
        }
    }

    private void endRow() throws IOException {
        line++;
        if (!row.isBlankLine()) {
            if (width == 0) {
                endHeader();
            } else if (row.count() != width) {
                boolean spaces = row.count() == 1 && text(row.field(0)).contains(" ");
                refuse("has %d fields instead of %d%s"
                        .formatted(row.count(), width, spaces ? InvalidCsvException.DATA_FRAME : ""));
            } else {
                put();
            }
        }
        row.clear();
    }

    private void endHeader() {
        columns(IntStream.range(0, row.count())
                .mapToObj(i -> text(row.field(i)))
                .toList());
        if (fileColumn < 0 || (fold.row() != null && rowColumn < 0)) {
            refuse("is the header and has no column '%s'".formatted(fileColumn < 0 ? fold.file() : fold.row()));
        }
        header = row.without(fileColumn, rowColumn);
    }

    private void put() throws IOException {
        int member = member();
        if (member < 0) {
            return;
        }
        long rows = members.get(member).rows();
        long number = rowColumn < 0 ? count[member] : row.number(rowColumn);
        count[member]++;
        if (number < 0 || number >= rows) {
            fail(
                    member,
                    rowColumn < 0
                            ? "has more than %,d rows".formatted(rows)
                            : "has a row numbered %s, of %,d from 0".formatted(text(row.field(rowColumn)), rows));
        } else if (slots.isTaken(first[member] + number)) {
            fail(member, "has row %,d twice".formatted(number + 1));
        } else {
            slots.put(first[member] + number, row.without(fileColumn, rowColumn));
        }
    }

    private int member() {
        if (lastMember >= 0 && row.is(fileColumn, lastName)) {
            return lastMember;
        }
        byte[] field = row.field(fileColumn);
        String name = text(field);
        Integer member = byName.get(name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1));
        if (member == null) {
            refuse("is of file '%s', which is not in the job".formatted(name));
            return -1;
        }
        lastName = field;
        lastMember = member;
        return member;
    }

    private void fail(int member, String what) {
        if (faults[member] == null) {
            faults[member] = what;
        }
    }

    private void refuse(String what) {
        fault = new InvalidCsvException(
                "The answer to the shared job is not readable: line %,d %s".formatted(line, what));
    }

    private static String text(byte[] field) {
        String text = new String(field, UTF_8);
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : text;
    }

    /**
     * Ends the answer. A last row without a line break gets one.
     *
     * @throws InvalidCsvException if it can't be taken apart
     */
    void end() throws InvalidCsvException, IOException {
        if (!row.isEmpty() && fault == null && row.add((byte) '\n')) {
            endRow();
        } else if (!row.isEmpty() && fault == null) {
            refuse("has a quote that is not closed");
        }
        if (fault != null) {
            throw fault;
        }
        slots.flush();
    }

    /** Why the rows of a scoring can't be delivered; null if all of them are there. */
    @Nullable
    String failure(int member) {
        Staged its = members.get(member);
        String what = faults[member];
        if (what != null) {
            return "The answer for %s %s; it is not delivered".formatted(its.name(), what);
        }
        long there = count[member];
        if (there == its.rows()) {
            return null;
        }
        return rowColumn < 0
                ? "%,d of %,d rows of %s are missing in the answer"
                        .formatted(its.rows() - there, its.rows(), its.name())
                : new MissingRows(slots, first[member], its.rows()).describe(its.name());
    }

    /**
     * Copies the rows of a scoring in their order, after the header of the answer if it has one.
     *
     * @return how many bytes
     */
    long copy(int member, OutputStream target) throws IOException {
        target.write(header);
        return header.length + slots.copy(first[member], first[member + 1], target);
    }

    @Override
    public void close() {
        // a download closes it; the rows are read afterwards
    }
}
