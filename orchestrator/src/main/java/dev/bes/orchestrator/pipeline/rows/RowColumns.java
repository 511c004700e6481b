package dev.bes.orchestrator.pipeline.rows;

import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RowService.Columns;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The staged input of a scoring, row by row, with its columns and those that the definition names. */
final class RowColumns {
    private final RowCutter cutter;
    private final byte[] header;
    private final Columns columns;

    private RowColumns(RowCutter cutter, byte[] header, Columns columns) {
        this.cutter = cutter;
        this.header = header;
        this.columns = columns;
    }

    /** @throws Rejected if the scoring has several inputs */
    static RowColumns open(Blobs blobs, RecentBlobs recent, Claim claim) {
        Map<String, StagedInput> inputs = claim.known().staged();
        if (inputs.size() != 1) {
            throw new Rejected(
                    By.UNKNOWN,
                    "",
                    "Endpoint '%s' scores the rows of one input, and the definition has %d: %s"
                            .formatted(claim.endpoint(), inputs.size(), String.join(", ", inputs.keySet())),
                    Reason.REQUEST);
        }
        Map.Entry<String, StagedInput> input = inputs.entrySet().iterator().next();
        StagedInput staged = input.getValue();
        byte[] begin = recent.find(staged.blob());
        RowCutter cutter = new RowCutter(blobs, staged.blob(), staged.bytes(), begin == null ? new byte[0] : begin);
        RowCutter.Batch header = cutter.next(1, 1);
        if (header == null) {
            throw new IllegalStateException("A staged input has a header");
        }
        return new RowColumns(
                cutter,
                header.content(),
                columns(claim, input.getKey(), CsvTable.read(header.content()).columns()));
    }

    private static Columns columns(Claim claim, String input, List<String> header) {
        Input declared = claim.definition().inputs().get(input);
        Map<String, List<String>> outputs = new LinkedHashMap<>();
        claim.definition().outputs().forEach((name, output) -> outputs.put(name, output.columns()));
        return new Columns(header, declared == null ? List.of() : declared.columns(), outputs, claim.parameters());
    }

    /** Cuts the input; it begins at the first row after the header. */
    RowCutter cutter() {
        return cutter;
    }

    Columns columns() {
        return columns;
    }

    /** The rows of a batch under the header. */
    Table table(RowCutter.Batch batch) {
        ByteArrayOutputStream csv = new ByteArrayOutputStream(header.length + batch.content().length);
        csv.writeBytes(header);
        csv.writeBytes(batch.content());
        return CsvTable.read(csv.toByteArray());
    }

    /** The number of lines of the header, and of empty lines before it. */
    int headerLines() {
        return RowCutter.lines(header);
    }
}
