package dev.bes.benchmarks;

import dev.bes.benchmarks.stub.JobTime;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Engines that take turns at the same small files.
 *
 * @param name name of the part
 * @param title what it is about
 * @param demand how the files are asked for
 * @param engines which engines
 * @param main those of a quick benchmark
 * @param size how many files
 * @param goals what is to be reached
 */
record Turns(
        String name,
        String title,
        Demand demand,
        List<String> engines,
        List<String> main,
        Function<Effort, Integer> size,
        Function<Results, List<Goal>> goals)
        implements Part {

    @Override
    public boolean isMain() {
        return true;
    }

    @Override
    public Section measure(BenchmarkFolder folder, Effort effort, Progress progress) {
        Workload work = Workload.make(folder.work(), size.apply(effort));
        try (Remote remote = Remote.start(folder, JobTime.always(Duration.ZERO));
                Lineup lineup = Lineup.start(effort.quick() ? main : engines, folder, remote, progress)) {
            List<Trial> trials = lineup.candidates().stream()
                    .map(one -> new Trial(one, demand, work.first(one.most()), remote, folder, progress))
                    .toList();
            Contest contest = new Contest(trials, progress);
            Results results = new Results(contest.run(effort.rounds()));
            return new Section(
                    title,
                    results.table(),
                    goals.apply(results),
                    results.settings(),
                    contest.failures(),
                    results.results());
        }
    }
}
