package dev.bes.benchmarks.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.benchmarks.environment.BenchmarkFailure;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.ChildProcess;
import dev.bes.benchmarks.environment.HttpRequests;
import dev.bes.benchmarks.measure.ProcessStatistics;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A sandbox in a process of its own, and the calls whose cost is measured. */
public final class SandboxProcess implements AutoCloseable {

    private static final String EXECUTE = "/execute?api-version=2.0&details=true";
    private static final String BODY =
            "{\"Inputs\":{\"input1\":{\"ColumnNames\":[\"Col2\"],\"Values\":[[\"This is a good day\"]]}}}";

    private final ChildProcess process;
    private final SandboxAddress address;

    private SandboxProcess(ChildProcess process) {
        this.process = process;
        this.address = JsonMapper.shared().readValue(process.readLine(), SandboxAddress.class);
    }

    /** Starts it with so many calls counted already. */
    public static SandboxProcess start(BenchmarkFolder folder, int counted) {
        List<String> arguments = List.of("sandbox", "--counted", String.valueOf(counted));
        return new SandboxProcess(ChildProcess.withOutput(
                ChildProcess.Command.thisProgram("The sandbox", arguments), folder.log("sandbox")));
    }

    /** The CPU time of the process so far. */
    public Duration cpu() {
        return ProcessStatistics.cpu(process.pid());
    }

    /** Scores a sentence through API Management. */
    public void executeManaged() {
        HttpRequests.body(execute(address.managed()));
    }

    /** Scores a sentence without API Management. */
    public void executeDirect() {
        HttpRequests.body(execute(address.direct()));
    }

    /** The dashboard of the last day. */
    public HttpRequest.Builder dashboard() {
        return HttpRequests.request(address.portal() + "dashboard");
    }

    /** The form of an operation, sent by the script of its page, with a sentence to score. */
    public HttpRequest.Builder tryIt() {
        Map<String, String> fields = new LinkedHashMap<>();
        address.path().forEach((name, value) -> fields.put("p." + name, value));
        fields.put("p.api-version", "2.0");
        fields.put("p.details", "true");
        fields.put("user", "demo");
        fields.put("subscription", "unlimited");
        fields.put("headers", "Authorization: " + address.headers().get("Authorization"));
        fields.put("body", BODY);
        fields.put("do", "send");
        return HttpRequests.request(address.portal() + "apis/azureml-demo/operations/rrs-execute")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("HX-Request", "true")
                .POST(BodyPublishers.ofString(form(fields)));
    }

    /**
     * Makes sure that the answer to a try-it has its sentence scored.
     *
     * @throws BenchmarkFailure when it has not
     */
    public static void checkTryIt(String page) {
        if (!page.contains("_HashingFeature.7")) {
            throw new BenchmarkFailure("The portal's try-it did not score the sentence: " + page);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private HttpRequest.Builder execute(URI service) {
        HttpRequest.Builder request = HttpRequests.request(service + EXECUTE).POST(BodyPublishers.ofString(BODY));
        address.headers().forEach(request::header);
        return request;
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
