package dev.bes.orchestrator.trigger.arrival.rule;

import dev.bes.orchestrator.definition.FileOptions.Group;
import dev.bes.orchestrator.definition.FileOptions.Incomplete;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the files of a group become a run, and why they wait. */
public final class GroupRules {
    private static final int MOST = 10_000;

    private GroupRules() {}

    /** Why a file of that key waits. */
    public static String waits(Group group, String key) {
        List<String> limits = new ArrayList<>();
        if (group.files() != null) {
            limits.add("has " + group.files() + " files");
        }
        if (group.longest() != null) {
            limits.add("began " + group.longest().toSeconds() + " s ago");
        }
        if (group.quiet() != null) {
            limits.add("has got none for " + group.quiet().toSeconds() + " s");
        }
        return "it waits until its group%s %s"
                .formatted(key.isEmpty() ? "" : " '" + key + "'", String.join(", or ", limits));
    }

    /** Why a file whose name has no key is not taken. */
    public static String hasNoKey(Group group) {
        return "its name has no key: it does not match '" + group.by() + "' ('by')";
    }

    /**
     * The files that become runs now, each list one run.
     *
     * @param files the files of one group, in the order in which they are taken
     * @param sinceFirst how long ago the first of them came
     * @param sinceLast how long ago the last of them came
     */
    public static <T> List<List<T>> due(Group group, List<T> files, Duration sinceFirst, Duration sinceLast) {
        int most = group.files() == null ? MOST : group.files();
        boolean due = isReached(group.longest(), sinceFirst) || isReached(group.quiet(), sinceLast);
        List<List<T>> runs = new ArrayList<>();
        for (int from = 0; from < files.size() && (due || files.size() - from >= most); from += most) {
            runs.add(files.subList(from, Math.min(from + most, files.size())));
        }
        return runs;
    }

    /** Why so many files of a group are not scored; null if they are. */
    public static @Nullable String incomplete(@Nullable Group group, int files) {
        Integer wanted = group == null || group.incomplete() != Incomplete.QUARANTINE ? null : group.files();
        return wanted == null || files >= wanted
                ? null
                : "Its time is over, and the group has %d of %d files ('incomplete')".formatted(files, wanted);
    }

    private static boolean isReached(@Nullable Duration limit, Duration time) {
        return limit != null && time.compareTo(limit) >= 0;
    }
}
