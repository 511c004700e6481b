package dev.bes.orchestrator.web;

import dev.bes.orchestrator.run.ParkedView;
import dev.bes.orchestrator.run.WaitingView;
import dev.bes.orchestrator.trigger.ChangedFiles.ChangedFile;
import dev.bes.orchestrator.trigger.NotTaken.Left;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is wrong now, for programs. */
@RestController
final class ProblemsApi {
    private final Troubles troubles;

    ProblemsApi(Troubles troubles) {
        this.troubles = troubles;
    }

    /**
     * What is wrong now.
     *
     * @param attention scorings that wait for somebody
     * @param waiting live scorings that wait because something went wrong
     * @param failed runs that failed in the last 24 hours
     * @param notTaken what lies in drop folders and is not taken: the first 100
     * @param notTakenCount how many of them there are
     * @param changed dropped files that somebody wrote to after they had been scored, of the last 24 hours
     */
    record ProblemsJson(
            List<ParkedJson> attention,
            List<WaitingJson> waiting,
            List<RunJson> failed,
            List<Left> notTaken,
            int notTakenCount,
            List<ChangedJson> changed) {}

    /**
     * A dropped file that lies apart: what was delivered is of its earlier content.
     *
     * @param run the run that scored what it was
     * @param name its name
     * @param path where it lies
     * @param since when that was found out
     * @param links the run
     */
    record ChangedJson(long run, String name, String path, Instant since, Map<String, String> links) {
        static ChangedJson of(ChangedFile file) {
            return new ChangedJson(
                    file.run(), file.name(), file.path(), file.at(), Map.of("run", RunJson.at(file.run())));
        }
    }

    /**
     * A scoring that waits for somebody.
     *
     * @param run its run
     * @param position its number in the run
     * @param endpoint its endpoint
     * @param attention why, in a word
     * @param cause why
     * @param links the run; resume; cancel
     */
    record ParkedJson(
            long run, int position, String endpoint, String attention, String cause, Map<String, String> links) {
        static ParkedJson of(ParkedView parked) {
            String run = RunJson.at(parked.run());
            return new ParkedJson(
                    parked.run(),
                    parked.position(),
                    parked.endpoint(),
                    parked.attention().word(),
                    parked.cause(),
                    Map.of(
                            "run",
                            run,
                            "resume",
                            ScoringJson.resume(parked.run(), parked.position()),
                            "cancel",
                            run + "/cancel"));
        }
    }

    /**
     * A live scoring in trouble.
     *
     * @param run its run
     * @param position its number in the run
     * @param endpoint its endpoint
     * @param cause what went wrong last
     * @param troubles failed calls in a row
     * @param dueAt when it is tried next
     * @param links the run
     */
    record WaitingJson(
            long run,
            int position,
            String endpoint,
            String cause,
            int troubles,
            Instant dueAt,
            Map<String, String> links) {
        static WaitingJson of(WaitingView waiting) {
            return new WaitingJson(
                    waiting.run(),
                    waiting.position(),
                    waiting.endpoint(),
                    waiting.cause(),
                    waiting.troubles(),
                    waiting.dueAt(),
                    Map.of("run", RunJson.at(waiting.run())));
        }
    }

    @GetMapping("/api/problems")
    ProblemsJson problems() {
        return new ProblemsJson(
                troubles.parked().stream().map(ParkedJson::of).toList(),
                troubles.waiting().stream().map(WaitingJson::of).toList(),
                troubles.failed().stream().map(RunJson::of).toList(),
                troubles.notTaken(),
                troubles.notTakenCount(),
                troubles.changed().stream().map(ChangedJson::of).toList());
    }
}
