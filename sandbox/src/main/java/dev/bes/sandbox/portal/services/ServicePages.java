package dev.bes.sandbox.portal.services;

import dev.bes.sandbox.bes.BatchExecution;
import dev.bes.sandbox.bes.JobState;
import dev.bes.sandbox.bes.JobView;
import dev.bes.sandbox.blob.ResultLinks;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.portal.PageError;
import dev.bes.sandbox.portal.PageRequest;
import dev.bes.sandbox.portal.Pages;
import dev.bes.sandbox.portal.Route;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages of the web services: all of them, one with its jobs, one job. */
public final class ServicePages {

    private final Pages pages;
    private final Catalogue catalogue;
    private final BatchExecution batch;
    private final ResultLinks links;
    private final String apiId;
    private final TestPage testPage;

    /**
     * Creates the pages.
     *
     * @param links makes the links to inputs and outputs, read-only as those of a status body
     * @param services answers the calls to the port without API Management in front
     * @param apiId the API whose pages submit jobs
     */
    public ServicePages(
            Pages pages, Catalogue catalogue, BatchExecution batch, ResultLinks links, Handler services, String apiId) {
        this.apiId = apiId;
        this.testPage = new TestPage(pages, services);
        this.pages = pages;
        this.catalogue = catalogue;
        this.batch = batch;
        this.links = links;
    }

    /** The addresses of the pages. */
    public List<Route> routes() {
        return List.of(
                Route.get("/portal/services", this::services),
                Route.get("/portal/services/{service}", this::service),
                Route.get("/portal/services/{service}/test", request -> testPage.show(find(request))),
                Route.post("/portal/services/{service}/test", request -> testPage.test(find(request), request)),
                Route.get("/portal/services/{service}/jobs/{job}", this::job));
    }

    private Reply services(PageRequest request) {
        List<ServiceRow> rows = catalogue.services().stream()
                .map(service -> new ServiceRow(service, JobCounts.of(batch.jobs(service))))
                .toList();
        return pages.page(
                "services",
                Map.of("services", rows, "states", JobCounts.STATES, "maxConcurrentJobs", batch.maxConcurrentJobs()));
    }

    private Reply service(PageRequest request) {
        WebService service = find(request);
        List<JobView> jobs = batch.jobs(service);
        JobList list = JobList.of(jobs, state(request), page(request));
        return pages.page(
                "service",
                Map.of(
                        "service",
                        service,
                        "api",
                        apiId,
                        "counts",
                        JobCounts.of(jobs),
                        "list",
                        list,
                        "maxConcurrentJobs",
                        batch.maxConcurrentJobs()));
    }

    private Reply job(PageRequest request) {
        WebService service = find(request);
        JobView job = batch.job(service, request.variable("job"))
                .orElseThrow(() -> PageError.notFound("The service has no job of this id, or no longer knows it."));
        return pages.page(
                "job",
                Map.of(
                        "service", service,
                        "job", JobRow.of(job),
                        "inputs", BlobRow.all(job.inputs(), links),
                        "outputs", BlobRow.all(job.outputs(), links),
                        "finished", job.state() == JobState.FINISHED,
                        "parameters", job.parameters()));
    }

    private WebService find(PageRequest request) {
        String id = request.variable("service");
        return catalogue.services().stream()
                .filter(service -> service.serviceId().equals(id))
                .findFirst()
                .orElseThrow(() -> PageError.notFound("The sandbox has no service of this id."));
    }

    private static Optional<JobState> state(PageRequest request) {
        Optional<String> wanted = request.query("state").filter(it -> !it.isEmpty());
        Optional<JobState> state = Arrays.stream(JobState.values())
                .filter(it -> wanted.filter(it.remoteName()::equals).isPresent())
                .findFirst();
        if (wanted.isPresent() && state.isEmpty()) {
            throw PageError.badRequest("The state is NotStarted, Running, Failed, Cancelled or Finished.");
        }
        return state;
    }

    private static int page(PageRequest request) {
        String page = request.query("page").orElse("1");
        if (!page.matches("[1-9]\\d{0,8}")) {
            throw PageError.badRequest("The page is a number from 1.");
        }
        return Integer.parseInt(page);
    }
}
