package dev.bes.sandbox.settings;

/** What batch endpoints do where no source says it, or where sources differ. */
public sealed interface EndpointAnswer extends Answer {

    /** What a job does when a file exists at the place of its predictions. */
    enum ExistingPredictions implements EndpointAnswer {
        /** It leaves the file as it is and is Completed. Source: "troubleshoot batch endpoints". */
        KEPT,
        /** It fails. Source: the article on batch endpoints in Data Factory, "the path already exists". */
        FAILS_THE_JOB
    }

    /** What a PUT does under the name of a job that exists. */
    enum TakenJobName implements EndpointAnswer {
        /** 409. Source: what clients report. */
        REFUSED,
        /** 200 with that job, whose tags are the new ones. Source: "an existing job may be updated" of the REST API. */
        UPDATED
    }

    /** In which order the files of a folder are scored, and appended to the predictions. */
    enum FileOrder implements EndpointAnswer {
        /** In any order: mini-batches run side by side. */
        ANY,
        /** By their names. */
        BY_NAME
    }
}
