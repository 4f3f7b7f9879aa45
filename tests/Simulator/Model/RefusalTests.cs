using AsyncTour.Simulator.Runtime;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Tests;

/// <summary>What the Simulator does not do, it says by name, before anything runs.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(typeof(IOneWay), "IOneWay.Send is [OneWay]")]
    [InlineData(typeof(IGenericMethod), "IGenericMethod.Any is generic")]
    [InlineData(typeof(IReturnsNumber), "IReturnsNumber.Count returns Int32")]
    [InlineData(typeof(IStreams), "IStreams.All returns IAsyncEnumerable`1")]
    [InlineData(typeof(ITwoTokens), "ITwoTokens.Wait takes more than one CancellationToken")]
    [InlineData(typeof(IByReference), "IByReference.Read takes a parameter by reference")]
    [InlineData(typeof(IManyArguments), "IManyArguments.Take takes more than 7 arguments")]
    [InlineData(typeof(IForeignArgument), "IForeignArgument.Take, parameter stream: System.IO.FileStream")]
    [InlineData(typeof(IForeignResult), "IForeignResult.Give, result: System.Text.StringBuilder")]
    [InlineData(typeof(IForeignMember), "IForeignMember.Take, parameter holder: System.Threading.Thread")]
    public void Interfaces_that_ask_for_what_is_not_done_are_refused_by_name(Type contract, string sentence) =>
        Should.Throw<OrleansConfigurationException>(() => GrainInterface.Of(contract)).Message.ShouldStartWith(sentence);

    [Theory]
    [InlineData(typeof(Worker), "Worker is a [StatelessWorker]")]
    [InlineData(typeof(Chooser), "Chooser has [MayInterleave]")]
    [InlineData(typeof(TwoConstructors), "TwoConstructors has 2 public constructors")]
    public void Classes_that_ask_for_what_is_not_done_are_refused_by_name(Type grain, string sentence) =>
        Should.Throw<OrleansConfigurationException>(() => new GrainClass(grain)).Message.ShouldStartWith(sentence);

    [Fact]
    public void Two_classes_of_one_name_are_refused() =>
        Should.Throw<OrleansConfigurationException>(() => new GrainCatalog([typeof(RemoteGrain), typeof(RemoteGrain)])).Message.ShouldContain("both named remote");

    [Fact]
    public void An_interface_without_a_class_is_an_argument_error() =>
        Should.Throw<ArgumentException>(() => new GrainCatalog([]).For(typeof(IRemoteGrain))).Message.ShouldContain("IRemoteGrain");

    public interface IOneWay : IGrainWithStringKey
    {
        [OneWay]
        Task Send();
    }

    public interface IGenericMethod : IGrainWithStringKey
    {
        Task<T> Any<T>();
    }

    public interface IReturnsNumber : IGrainWithStringKey
    {
        int Count();
    }

    public interface IStreams : IGrainWithStringKey
    {
        IAsyncEnumerable<int> All();
    }

    public interface ITwoTokens : IGrainWithStringKey
    {
        Task Wait(CancellationToken first, CancellationToken second);
    }

    public interface IByReference : IGrainWithStringKey
    {
        Task Read(in int number);
    }

    public interface IManyArguments : IGrainWithStringKey
    {
        Task Take(int a, int b, int c, int d, int e, int f, int g, int h);
    }

    public interface IForeignArgument : IGrainWithStringKey
    {
        Task Take(FileStream stream);
    }

    public interface IForeignResult : IGrainWithStringKey
    {
        Task<System.Text.StringBuilder> Give();
    }

    public interface IForeignMember : IGrainWithStringKey
    {
        Task Take(Holder holder);
    }

    [GenerateSerializer]
    public sealed class Holder
    {
        [Id(0)]
        public Thread? Thread { get; set; }
    }

    /// <summary>None of these answers to an interface, so no silo of this process meets them.</summary>
    [StatelessWorker]
    public sealed class Worker : Grain;

    [MayInterleave("Choose")]
    public sealed class Chooser : Grain;

    public sealed class TwoConstructors : Grain
    {
        public TwoConstructors()
        {
        }

        public TwoConstructors(int number) => Number = number;

        public int Number { get; }
    }
}
