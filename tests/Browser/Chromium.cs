using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(AsyncTour.Browser.Tests.Chromium))]

namespace AsyncTour.Browser.Tests;

/// <summary>One headless Chromium for all tests: the one on this machine, nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>CHROMIUM names another than those in the usual places.</summary>
    private static string? Executable { get; } = Environment.GetEnvironmentVariable("CHROMIUM") ?? Places.FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Executable is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A fresh page that fails the test when a script throws or the page's policy is broken.</summary>
    internal async Task<BrowserPage> OpenAsync(string address, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipUnless(_browser is not null, "No Chromium on this machine: install one (apt-get install chromium) or name it in CHROMIUM.");
        var page = await _browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1400, Height = 900 }, ColorScheme = scheme });
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add(message.Text);
        };
        await page.GotoAsync(address);
        return new BrowserPage(page, complaints);
    }
}

/// <summary>A page and what it complained about.</summary>
internal sealed record BrowserPage(IPage Page, IReadOnlyList<string> Complaints) : IAsyncDisposable
{
    public Task<string?> DataAsync(string name) => Page.Locator("#timeline").GetAttributeAsync("data-" + name);

    /// <summary>Waits until the timeline has been drawn with so many jobs.</summary>
    public Task DrawnAsync(int jobs) => Page.WaitForFunctionAsync("n => document.getElementById('timeline').dataset.jobs === String(n)", jobs);

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
