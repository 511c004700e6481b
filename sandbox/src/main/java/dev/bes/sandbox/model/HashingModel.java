package dev.bes.sandbox.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model of the guide's service: keeps all columns and appends the hash features of one.
 *
 * @param target the name of the column to hash, case-sensitive
 */
public record HashingModel(String target, FeatureHashing hashing) {

    private static final int MOST_BITS = 16;

    /**
     * The model for the given web service parameters, all of which must be there.
     *
     * @throws ModuleFailure when there are more columns than the sandbox writes
     */
    public static HashingModel of(Map<String, String> parameters) {
        int bits = Integer.parseInt(required(parameters, "Hashing bitsize"));
        int nGrams = Integer.parseInt(required(parameters, "N-grams"));
        if (bits > MOST_BITS) {
            throw new ModuleFailure("Error 0138: Memory has been exhausted, unable to complete running of module."
                    + " Downsampling the dataset may help to alleviate the problem.");
        }
        return new HashingModel(required(parameters, "Target column"), new FeatureHashing(bits, nGrams, true));
    }

    /**
     * Prepares for rows with these columns.
     *
     * @throws ModuleFailure when the target is not one of them
     */
    public ForColumns columns(List<String> columns) {
        int index = columns.indexOf(target);
        if (index < 0) {
            throw new ModuleFailure("Error 0001: Column with name or index \"" + target + "\" not found.");
        }
        return new ForColumns(columns, index, names(columns), hashing);
    }

    private List<String> names(List<String> columns) {
        String prefix = target + "_HashingFeature.";
        for (int n = 2; clashes(columns, prefix); n++) {
            prefix = target + "_HashingFeature" + n + ".";
        }
        List<String> names = new ArrayList<>(columns);
        for (int i = 0; i < hashing.columns(); i++) {
            names.add(prefix + i);
        }
        return Collections.unmodifiableList(names);
    }

    private static boolean clashes(List<String> columns, String prefix) {
        return columns.contains(prefix + 0);
    }

    private static String required(Map<String, String> parameters, String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new ModuleFailure("Error 0003: Input \"" + name + "\" is null or empty.");
        }
        return value;
    }

    /**
     * The model, ready for rows of known columns.
     *
     * @param names the columns of the result: those of the data, then the features
     */
    public record ForColumns(List<String> columns, int target, List<String> names, FeatureHashing hashing) {

        /**
         * The row with its features appended.
         *
         * @throws ModuleFailure when it has more or fewer values than there are columns
         */
        public List<@Nullable String> score(List<@Nullable String> row) {
            if (row.size() != columns.size()) {
                throw new ModuleFailure("All rows must have same number of elements: expected " + columns.size()
                        + ", found " + row.size() + ".");
            }
            String text = row.get(target);
            List<@Nullable String> scored = new ArrayList<>(names.size());
            scored.addAll(row);
            for (int count : hashing.count(text == null ? "" : text)) {
                scored.add(Integer.toString(count));
            }
            return scored;
        }
    }
}
