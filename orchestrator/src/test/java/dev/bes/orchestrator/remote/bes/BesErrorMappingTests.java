package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.bes.BesFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.http.RetryAfter;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BesErrorMappingTests {

    private static final String BAD_ARGUMENT = """
            {"error": {"code": "BadArgument", "message": "Invalid argument provided.", "details": [
              {"code": "InvalidBlobExtension", "message": "The blob reference: input1 has an invalid extension."},
              {"code": "Other", "message": "And more."}]}}""";

    private final BesFixture besFixture = new BesFixture();

    @AfterEach
    void close() {
        besFixture.close();
    }

    private <T extends RemoteException> T fault(Class<T> type, int status, String body, String... headers) {
        besFixture.scriptedService.answers(status, body, headers);
        return catchThrowableOfType(type, () -> besFixture.jobs().submit(REQUEST));
    }

    @Test
    void rejectsWithTheMostPreciseCodeAndTheTextForPeople() {
        Rejected fault = fault(Rejected.class, 400, BAD_ARGUMENT);

        assertThat(fault.code()).isEqualTo("InvalidBlobExtension");
        assertThat(fault)
                .hasMessage("Endpoint toxic, submit: 400 InvalidBlobExtension:"
                        + " The blob reference: input1 has an invalid extension. And more.");
    }

    @Test
    void rejectsWithTheOuterCodeWhereDetailsAreMissing() {
        Rejected fault = fault(Rejected.class, 400, "\uFEFF{\"error\": {\"code\": \"BadArgument\", \"details\": 3}}");

        assertThat(fault.code()).isEqualTo("BadArgument");
    }

    @Test
    void saysThatAJobCanNotBeStartedAnyMore() {
        besFixture.scriptedService.answers(400, """
                {"error": {"code": "InvalidOperation", "message": "m", "details": [{"code": "CannotStartJob",
                 "message": "The job cannot be started because it is in Running state."}]}}""");

        Rejected fault =
                catchThrowableOfType(Rejected.class, () -> besFixture.jobs().start("a1"));

        assertThat(fault.reason()).isEqualTo(RemoteException.Reason.NOT_STARTABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 413, 415, 422})
    void rejectsWithoutACodeWhereThereIsNone(int status) {
        assertThat(fault(Rejected.class, status, "no").code()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 408, 409, 410, 499, 500, 501, 502, 503, 504, 599})
    void knowsNothingAfterAnyOtherStatus(int status) {
        assertThat(fault(Unavailable.class, status, "")).hasMessage("Endpoint toxic, submit: " + status);
    }

    @Test
    void waitsAMomentForAServiceThatIsBusyAndSaysWhy() {
        Throttled fault = fault(Throttled.class, 503, """
                {"error": {"code": "ServiceUnavailable", "message": "m", "details": [
                 {"code": "RequestThrottled", "message": "The maximum concurrency for the endpoint is 20."}]}}""");

        assertThat(fault.retryAfter()).isEqualTo(RetryAfter.MIN);
        assertThat(fault)
                .hasMessage("Endpoint toxic, submit: 503 RequestThrottled:"
                        + " The maximum concurrency for the endpoint is 20.");
    }

    @Test
    void waitsAMomentForAServiceThatHasTooManyCallsInAll() {
        Throttled fault = fault(Throttled.class, 503, """
                {"error": {"code": "ServiceUnavailable", "message": "m", "details": [
                 {"code": "TooManyConcurrentRequests", "message": "Too many concurrent requests sent."}]}}""");

        assertThat(fault.retryAfter()).isEqualTo(RetryAfter.MIN);
    }

    @Test
    void knowsNothingWhileTheContainersOfTheServiceInitialize() {
        Unavailable fault = fault(Unavailable.class, 503, """
                {"error": {"code": "InitializingContainers", "details": [],
                 "message": "The request cannot execute as the containers are being initialized."}}""");

        assertThat(fault)
                .hasMessage("Endpoint toxic, submit: 503 InitializingContainers:"
                        + " The request cannot execute as the containers are being initialized.");
    }

    @Test
    void doesNotRepeatAnHtmlPage() {
        assertThat(fault(Unavailable.class, 502, "<html><h1>Bad gateway</h1></html>", "Content-Type", "text/html"))
                .hasMessage("Endpoint toxic, submit: 502: an HTML page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "invalid"})
    void namesTheGatewaysKeyWhenTheGatewayRefuses(String how) {
        Refused fault = fault(
                Refused.class,
                401,
                "{ \"statusCode\": 401, \"message\": \"Access denied due to " + how + " subscription key.\" }",
                "WWW-Authenticate",
                "AzureApiManagementKey realm=\"https://x/azureml-demo\",name=\"Ocp-Apim-Subscription-Key\"");

        assertThat(fault)
                .hasMessageContaining("due to " + how + " subscription key.")
                .hasMessageContaining("check orchestrator.endpoints.toxic.subscription-key")
                .hasMessageNotContaining("service-key");
    }

    @Test
    void namesTheServicesKeyWhenTheServiceRefuses() {
        Refused fault = fault(Refused.class, 401, """
                {"error": {"code": "Unauthorized", "message": "Unauthorized", "details": [
                 {"code": "ScoreRequestUnauthorized", "message": "Invalid credential provided."}]}}""");

        assertThat(fault)
                .hasMessageContaining("ScoreRequestUnauthorized")
                .hasMessageContaining("check orchestrator.endpoints.toxic.service-key")
                .hasMessageNotContaining("subscription-key");
    }

    @Test
    void namesBothKeysWhenNobodySaysWhoRefused() {
        assertThat(fault(Refused.class, 401, ""))
                .hasMessageContaining("orchestrator.endpoints.toxic.subscription-key")
                .hasMessageContaining("orchestrator.endpoints.toxic.service-key");
    }

    @Test
    void refusesAForbiddenCallThatHasNothingToDoWithAQuota() {
        assertThat(fault(Refused.class, 403, "{ \"statusCode\": 403, \"message\": \"Forbidden\" }"))
                .hasMessageContaining("403: Forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Out of call volume quota.", "Out of bandwidth quota."})
    void waitsForAQuota(String text) {
        Throttled fault = fault(
                Throttled.class,
                403,
                "{ \"statusCode\": 403, \"message\": \"" + text + " Quota will be replenished in 00:06:46.\" }");

        assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(406));
        assertThat(fault).hasMessageContaining(text);
    }

    @Test
    void waitsWhenAForbiddenCallSaysHowLong() {
        assertThat(fault(Throttled.class, 403, "", "Retry-After", "406").retryAfter())
                .isEqualTo(Duration.ofSeconds(406));
    }

    @Test
    void waitsAsLongAsTheRateLimitSays() {
        Throttled fault = fault(
                Throttled.class,
                429,
                "{ \"statusCode\": 429, \"message\": \"Rate limit is exceeded. Try again in 57 seconds.\" }");

        assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(57));
    }

    @Test
    void tellsAMissingAddressFromAMissingJob() {
        assertThat(fault(NotFound.class, 404, "{ \"statusCode\": 404, \"message\": \"Resource not found\" }"))
                .hasMessageContaining("check orchestrator.endpoints.toxic.url");
        assertThat(fault(NotFound.class, 404, "{\"error\": {\"code\": \"NotFound\", \"message\": \"No such job.\"}}"))
                .hasMessage("Endpoint toxic, submit: 404 NotFound: No such job.");
    }

    @Test
    void doesNotFollowARedirect() {
        Unavailable fault =
                fault(Unavailable.class, 307, "", "Location", besFixture.scriptedService.url() + "/elsewhere");

        assertThat(fault).hasMessageContaining("check orchestrator.endpoints.toxic.url");
        assertThat(besFixture.scriptedService.asked).hasSize(1);
    }

    @Test
    void repeatsNoSecretThatTheFarSideRepeats() {
        Rejected fault = fault(Rejected.class, 400, """
                {"error": {"code": "c", "details": [{"code": "x", "message":
                 "Got %s and Bearer %s with %s"}]}}""".formatted(
                        BesFixture.SUBSCRIPTION_KEY, BesFixture.SERVICE_KEY, BesFixture.SAS));

        assertThat(fault)
                .hasMessage("Endpoint toxic, submit: 400 x: Got *** and Bearer *** with ?sv=2026&sig=***&sp=r");
    }

    @Test
    void staysShortWhateverTheFarSideSays() {
        assertThat(fault(Rejected.class, 400, "x".repeat(500_000)).getMessage()).hasSizeLessThan(600);
    }
}
