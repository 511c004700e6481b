package dev.bes.orchestrator.pipeline.collect;

import java.util.ArrayList;
import java.util.List;

/** The rows of a file that an answer does not have. */
record MissingRows(RowSlots slots, long first, long rows) {
    private static final int MOST = 20;

    /** Names them, counted from 1. */
    String describe(String file) {
        List<String> some = new ArrayList<>();
        long missing = 0;
        for (long row = 0; row < rows; row++) {
            if (!slots.isTaken(first + row)) {
                missing++;
                if (some.size() < MOST) {
                    some.add("%,d".formatted(row + 1));
                }
            }
        }
        if (missing == rows) {
            return "All %,d rows of %s are missing in the answer".formatted(rows, file);
        }
        String last = missing > some.size() ? "%,d more".formatted(missing - some.size()) : some.removeLast();
        String names = some.isEmpty() ? last : String.join(", ", some) + " and " + last;
        return "%s %s of %s %s missing in the answer"
                .formatted(missing == 1 ? "row" : "rows", names, file, missing == 1 ? "is" : "are");
    }
}
