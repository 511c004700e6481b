package dev.bes.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result of the benchmark.
 *
 * @param machine the machine it ran on
 * @param sections the result of each part
 */
public record BenchmarkReport(Machine machine, List<ReportSection> sections) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Whether every part succeeded. */
    @JsonIgnore
    public boolean isSound() {
        return sections.stream().allMatch(section -> section.failures().isEmpty());
    }

    /** All of it as JSON. */
    public String json() {
        return JSON.writeValueAsString(this) + "\n";
    }

    /** The report as Markdown. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(machine.toString(), ""));
        sections.forEach(section -> lines.addAll(lines(section)));
        lines.addAll(List.of("### Goals", ""));
        lines.addAll(MarkdownTable.lines(goals()));
        return lines;
    }

    private static List<String> lines(ReportSection section) {
        List<String> lines = new ArrayList<>(List.of("### " + section.title(), ""));
        if (!section.table().isEmpty()) {
            lines.addAll(MarkdownTable.lines(section.table()));
            lines.add("");
        }
        section.failures().forEach(failure -> lines.add("- FAILED: " + failure));
        section.notes().forEach(note -> lines.add("- " + note));
        if (!lines.getLast().isEmpty()) {
            lines.add("");
        }
        return lines;
    }

    private List<List<String>> goals() {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("figure", "goal", "reached", "met")));
        for (ReportSection section : sections) {
            section.goals().forEach(goal -> rows.add(row(goal)));
            section.failures().forEach(failure -> rows.add(List.of(section.title(), "", "", "FAILED")));
        }
        return rows;
    }

    private static List<String> row(Goal goal) {
        return List.of(goal.figure(), goal.goal(), goal.reached(), goal.met() ? "yes" : "NO");
    }
}
