package dev.bes.sandbox.samples;

/** The languages of the code samples. */
public enum SampleLanguage {
    /** The command curl in a POSIX shell. */
    CURL("curl", "sample.sh"),
    /** Python 3 with its standard library. */
    PYTHON("Python 3", "sample.py"),
    /** Java 15 or newer, as one source file. */
    JAVA("Java", "Sample.java"),
    /** C# 5 or newer. */
    CSHARP("C#", "Sample.cs"),
    /** R with its package curl. */
    R("R", "sample.R"),
    /** PowerShell 7 or newer. */
    POWERSHELL("PowerShell", "sample.ps1");

    private final String title;
    private final String file;

    SampleLanguage(String title, String file) {
        this.title = title;
        this.file = file;
    }

    /** The name that people know it by. */
    public String title() {
        return title;
    }

    /** The name that the program's file should have. */
    public String file() {
        return file;
    }
}
