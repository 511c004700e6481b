package dev.bes.orchestrator.web.api.shadow;

import dev.bes.api.definition.ShadowSummaryJson;
import dev.bes.api.definition.ShadowSummaryJson.ColumnSummaryJson;
import dev.bes.api.run.ShadowsJson.ColumnDifferenceJson;
import dev.bes.api.run.ShadowsJson.DifferentValueJson;
import dev.bes.api.run.ShadowsJson.OutputDifferenceJson;
import dev.bes.api.run.ShadowsJson.ShadowJson;
import dev.bes.orchestrator.run.shadow.Comparison.OutputDifference;
import dev.bes.orchestrator.run.shadow.ShadowSummary;
import dev.bes.orchestrator.run.shadow.ShadowView;
import dev.bes.orchestrator.run.shadow.Verdict;
import dev.bes.orchestrator.web.api.RunMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Maps what shadows have found to JSON. */
public final class ShadowMapper {
    private ShadowMapper() {}

    static ShadowJson json(ShadowView shadow) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("run", RunMapper.address(shadow.run()));
        if (shadow.shadowRun() != null) {
            links.put("shadowRun", RunMapper.address(shadow.shadowRun()));
        }
        return new ShadowJson(
                shadow.run(),
                shadow.position(),
                shadow.endpoint(),
                shadow.shadowRun(),
                shadow.verdict() == null ? null : shadow.verdict().word(),
                shadow.cause(),
                shadow.outputs().stream().map(ShadowMapper::json).toList(),
                shadow.begunAt(),
                shadow.endedAt(),
                links);
    }

    private static OutputDifferenceJson json(OutputDifference output) {
        return new OutputDifferenceJson(
                output.output(),
                output.rows(),
                output.shadowRows(),
                output.differentRows(),
                output.missing(),
                output.added(),
                output.columns().stream()
                        .map(c -> new ColumnDifferenceJson(
                                c.column(), c.texts(), c.numbers(), c.beyond(), c.largest(), c.mean()))
                        .toList(),
                output.first().stream()
                        .map(v -> new DifferentValueJson(v.row(), v.column(), v.delivered(), v.shadow()))
                        .toList());
    }

    static ShadowSummaryJson json(String definition, Optional<ShadowSummary> summary) {
        return summary.map(found -> new ShadowSummaryJson(
                        definition,
                        found.mainEndpoint(),
                        found.endpoint(),
                        found.count(Verdict.SAME),
                        found.count(Verdict.DIFFERS),
                        found.count(Verdict.NOT_COMPARABLE),
                        found.count(Verdict.FAILED),
                        found.count(Verdict.SKIPPED),
                        found.underWay(),
                        found.columns().stream()
                                .map(c -> new ColumnSummaryJson(
                                        c.output(),
                                        c.column(),
                                        c.texts(),
                                        c.numbers(),
                                        c.beyond(),
                                        c.largest(),
                                        c.mean()))
                                .toList()))
                .orElseGet(() -> new ShadowSummaryJson(definition, null, null, 0, 0, 0, 0, 0, 0, List.of()));
    }
}
