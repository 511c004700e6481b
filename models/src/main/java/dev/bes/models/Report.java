package dev.bes.models;

import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.dataset.RowReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A report of a strike.
 *
 * @param values the values of all columns; a missing one is absent
 * @param damage whether the strike did damage
 */
record Report(Map<String, String> values, boolean damage) {

    private static final String EFFECT = "Effect Amount of damage";
    private static final Set<String> DAMAGE = Set.of("Minor", "Medium", "Substantial");

    /** The reports of a file whose damage is known; a few have codes that the data does not explain. */
    static List<Report> read(Path csv) throws IOException {
        List<Report> reports = new ArrayList<>();
        try (RowReader reader = DataFormat.CSV.reader(Files.newInputStream(csv))) {
            for (List<@Nullable String> row = reader.next(); row != null; row = reader.next()) {
                Map<String, String> values = new HashMap<>();
                for (int i = 0; i < row.size(); i++) {
                    String value = row.get(i);
                    if (value != null) {
                        values.put(reader.columns().get(i).name(), value);
                    }
                }
                String effect = values.getOrDefault(EFFECT, "");
                if (effect.equals("None") || DAMAGE.contains(effect)) {
                    reports.add(new Report(values, DAMAGE.contains(effect)));
                }
            }
        }
        return reports;
    }
}
