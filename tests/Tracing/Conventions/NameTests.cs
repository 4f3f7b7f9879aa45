using System.Reflection;
using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Tests.Conventions;

public sealed class NameTests
{
    [Fact]
    public void The_names_on_spans_are_a_contract()
    {
        var lines = new[] { typeof(SourceNames), typeof(SpanNames), typeof(AttributeNames), typeof(EventNames), typeof(WaitCauses), typeof(JobStatusNames), typeof(PromiseSpans) }
            .SelectMany(static t => t.GetFields(BindingFlags.Public | BindingFlags.Static).Where(static f => f.IsLiteral).Select(f => $"{t.Name}.{f.Name} = \"{f.GetRawConstantValue()}\"\n"));
        Golden.Matches("names.txt", string.Concat(lines));
    }
}
