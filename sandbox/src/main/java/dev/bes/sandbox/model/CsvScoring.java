package dev.bes.sandbox.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a model over a CSV file, row by row, in constant memory. */
public final class CsvScoring {

    private static final int LONGEST_FIELD = 16 << 20;
    private static final int MARK = 4;

    private CsvScoring() {}

    /**
     * Scores a file that has a header row.
     *
     * @param separatorIn what separates the values read
     * @param separatorOut what is to separate the values written
     * @return how many rows there are, without the header
     * @throws ModuleFailure when the data cannot be scored
     */
    public static long score(
            HashingModel model, InputStream in, char separatorIn, OutputStream out, char separatorOut) {
        try (CsvReader<CsvRecord> reader = reader(in, separatorIn);
                CsvWriter writer =
                        CsvWriter.builder().fieldSeparator(separatorOut).build(out, UTF_8);
                CloseableIterator<CsvRecord> records = reader.iterator()) {
            return score(model, records, writer);
        } catch (CsvParseException e) {
            throw new ModuleFailure("Error 0018: Invalid data in dataset: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hash, in hex, of the file that has these rows and is written as scored files are. */
    public static String sha256(List<String> columns, List<List<@Nullable String>> rows) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
            try (CsvWriter writer = CsvWriter.builder().build(out, UTF_8)) {
                writer.writeRecord(columns);
                for (List<@Nullable String> row : rows) {
                    write(writer, row);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static long score(HashingModel model, CloseableIterator<CsvRecord> records, CsvWriter writer) {
        if (!records.hasNext()) {
            throw new ModuleFailure("Error 0003: Input \"Dataset\" is null or empty.");
        }
        HashingModel.ForColumns ready = model.columns(records.next().getFields());
        writer.writeRecord(ready.names());
        long rows = 0;
        while (records.hasNext()) {
            List<@Nullable String> row = values(records.next());
            if (!isBlankLine(row, ready)) {
                write(writer, ready.score(row));
                rows++;
            }
        }
        return rows;
    }

    /** With one column only, an empty line is a row whose value is empty. */
    private static boolean isBlankLine(List<@Nullable String> row, HashingModel.ForColumns ready) {
        return ready.columns().size() > 1 && row.size() == 1 && "".equals(row.getFirst());
    }

    @SuppressWarnings("NullAway") // the library writes a null as an empty cell
    private static void write(CsvWriter writer, List<@Nullable String> row) {
        writer.writeRecord(row);
    }

    private static List<@Nullable String> values(CsvRecord csv) {
        return List.copyOf(csv.getFields());
    }

    private static CsvReader<CsvRecord> reader(InputStream in, char separator) throws IOException {
        BufferedInputStream file = new BufferedInputStream(in);
        file.mark(MARK);
        // FastCSV garbles what is shorter than the longest mark while it looks for one
        boolean detect = file.readNBytes(MARK).length == MARK;
        file.reset();
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(false)
                .detectBomHeader(detect)
                .maxBufferSize(LONGEST_FIELD)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(new LineEndStream(file, separator), UTF_8);
    }
}
