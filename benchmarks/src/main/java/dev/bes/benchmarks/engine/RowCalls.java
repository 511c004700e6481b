package dev.bes.benchmarks.engine;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.RowService.Columns;
import dev.bes.orchestrator.remote.RowService.RowScorer;
import dev.bes.orchestrator.remote.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The calls that score the rows of a file in batches, side by side; nothing is stored between them. */
final class RowCalls {

    private static final String OUTPUT = "output1";

    private final RowService service;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

    RowCalls(RowService service) {
        this.service = service;
    }

    /** Scores a file, and writes its output in the order of the input. */
    void score(Path input, Path output) throws IOException {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(input);
                CsvWriter writer =
                        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(output)) {
            Iterator<CsvRecord> records = reader.iterator();
            List<String> header = records.next().getFields();
            writer.writeRecord(header);
            RowScorer scorer = service.prepare(new Columns(header, List.of(), Map.of(OUTPUT, header), Map.of()));
            List<CompletableFuture<Table>> answers = new ArrayList<>();
            while (records.hasNext()) {
                Table batch = new Table(header, batch(records));
                answers.add(
                        CompletableFuture.supplyAsync(() -> scorer.score(batch).get(OUTPUT), threads));
            }
            answers.forEach(answer -> answer.join().rows().forEach(writer::writeRecord));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<List<@Nullable String>> batch(Iterator<CsvRecord> records) {
        List<List<@Nullable String>> batch = new ArrayList<>();
        while (records.hasNext() && batch.size() < service.limits().rows()) {
            batch.add(new ArrayList<>(records.next().getFields()));
        }
        return batch;
    }
}
