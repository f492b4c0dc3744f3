using Plr.Core.Demo;

namespace Plr.Core.Matching.Synthesis;

/// <summary>
/// Names of invented people with the shape of those of the United Kingdom: a few names that many have and a long tail that few have, from the
/// countries its people come from. Common names are real; rare ones are composed of parts, more than a hundred thousand different family names in all.
/// </summary>
public sealed class SyntheticNames
{
    // How soon the commonest names give way to the tail (Zipf and Mandelbrot's shift): some 1.2 people in a hundred have the commonest family name.
    private const double FamilyShift = 8;
    private const double GivenShift = 12;

    private readonly string[] _men;
    private readonly string[] _women;
    private readonly string[] _families;
    private readonly string[] _first;
    private readonly string[] _middle;
    private readonly string[] _last;

    private SyntheticNames(string men, string women, string families, string first, string middle, string last)
    {
        _men = men.Split(' ');
        _women = women.Split(' ');
        _families = families.Split(' ');
        _first = first.Split(' ');
        _middle = [.. middle.Split(' ').Select(part => part == "-" ? string.Empty : part)];
        _last = last.Split(' ');
    }

    /// <summary>How many different family names there are.</summary>
    public int FamilyNames => _families.Length + (_first.Length * _middle.Length * _last.Length);

    /// <summary>One origin, as often as it is met in the United Kingdom.</summary>
    public static SyntheticNames Any(DemoRandom random)
    {
        var at = random.Below(1000);
        foreach (var (names, share) in Origins)
        {
            at -= share;
            if (at < 0)
            {
                return names;
            }
        }

        return Origins[0].Names;
    }

    /// <summary>All origins.</summary>
    public static IEnumerable<SyntheticNames> All => Origins.Select(origin => origin.Names);

    public string Family(DemoRandom random)
    {
        var rank = Rank(random, FamilyNames, FamilyShift);
        if (rank < _families.Length)
        {
            return _families[rank];
        }

        // The tail in an order of its own, so that neighbours in rank do not look alike.
        var tail = (int)((rank - _families.Length) * 7919L % (FamilyNames - _families.Length));
        var last = _last[tail % _last.Length];
        var middle = _middle[tail / _last.Length % _middle.Length];
        return _first[tail / _last.Length / _middle.Length] + middle + last;
    }

    public string Given(DemoRandom random, bool isWoman)
    {
        var names = isWoman ? _women : _men;
        return names[Rank(random, names.Length, GivenShift)];
    }

    private static int Rank(DemoRandom random, int count, double shift)
    {
        var at = random.Below(1 << 30) / (double)(1 << 30);
        return Math.Min(count - 1, (int)((shift * Math.Pow(1 + (count / shift), at)) - shift));
    }

    private static readonly (SyntheticNames Names, int Share)[] Origins =
    [
        (new(
            "Oliver Jack Harry George Thomas James William Joshua Daniel Samuel Joseph Jacob Alexander Matthew Benjamin Luke Ryan Charlie Adam Lewis Callum Connor Nathan Jordan Michael David John Christopher Andrew Robert Paul Mark Stephen Richard Peter Ethan Noah Leo Oscar Logan Max Alfie Archie Henry Isaac Dylan Tyler Kieran Aaron Kyle Edward Toby Louis Finley Jake Bradley Reece Harvey Theo Freddie Arthur Jamie Cameron Jayden Riley Tommy Elliot Sebastian Gabriel Zachary Rory Stanley Frederick Albert Reuben Jude Hugo Felix Jasper Ewan Robin Simon Anthony Philip Martin Kevin Gary Ian Alan Brian Neil Stuart Scott Craig Lee Carl Dean Barry Graham Nigel Keith Trevor Geoffrey Raymond Kenneth Roger Derek Terence Dennis Leonard Norman Walter Ernest Frank Harold Rupert Barnaby Caspian Digby Fabian Ignatius Lysander Octavian Peregrine Quentin Tarquin Winston Zane Blake Carter Chester Clive Damian Desmond Duncan Eugene Fergus Gerard Giles Gregory Howard Julian Lance Laurence Lionel Marcus Maurice Miles Mitchell Morgan Nicholas Nicolas Oswald Perry Preston Ralph Roland Ronan Rowan Russell Shane Spencer Tristan Victor Vincent Warren Wesley Wilfred",
            "Amelia Olivia Emily Chloe Sophie Jessica Charlotte Lucy Hannah Ellie Grace Lauren Megan Rebecca Sarah Emma Amy Ella Mia Isabella Ava Lily Evie Sophia Poppy Ruby Eleanor Elizabeth Holly Molly Abigail Georgia Katie Laura Rachel Danielle Jade Samantha Natalie Leah Freya Alice Isla Shannon Nicole Claire Louise Victoria Nicola Karen Susan Julie Anna Bethany Phoebe Daisy Matilda Florence Scarlett Erin Imogen Caitlin Eliza Rosie Martha Zoe Maisie Summer Lydia Harriet Francesca Jasmine Paige Gemma Kelly Stacey Michelle Lisa Joanne Tracey Sharon Deborah Helen Angela Amanda Alison Jacqueline Jennifer Margaret Patricia Christine Linda Barbara Carol Janet Sandra Pauline Maureen Jean Joan Dorothy Sheila Doris Edith Winifred Agatha Arabella Beatrix Camilla Cordelia Cressida Delilah Edith Elodie Felicity Genevieve Gwendolyn Henrietta Iona Jemima Josephine Katherine Kimberley Lara Lavinia Lorna Madeleine Marianne Melanie Melissa Miranda Miriam Nancy Naomi Octavia Ottilie Penelope Philippa Rosalind Rosemary Ruth Saskia Stella Stephanie Tabitha Tamara Tamsin Theresa Tilly Ursula Valerie Vanessa Verity Veronica Violet Vivienne Wendy Willow Yvonne",
            "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Harris Clark Turner Hill Cooper Ward Moore Morris King Harrison Baker Lee Allen Parker Cook Bennett Carter Watson Mitchell Richardson Shaw Bailey Phillips Davis Collins Bell Ellis Marshall Cox Richards Simpson Miller Anderson Adams Wilkinson Young Webb Chapman Rogers Mills Palmer Knight Holmes Barnes Matthews Harvey Fletcher Hunt Butler Gibson Pearson Barker Stevens Walsh Dixon Foster Fisher Lloyd Butler Howard Saunders Dean Carr Pearce Lawrence Day Holland Brooks Francis Bradley Atkinson Lane Poole Hart Burton Perry Newton Barrett Fuller Sutton Hardy Weston Reynolds Payne Andrews Austin Archer Armstrong Ball Barber Barlow Barton Bates Berry Bird Bishop Black Blake Bolton Booth Bowen Boyd Briggs Bull Burgess Burke Burns Burrows Byrne Chambers Coates Cole Coleman Cross Curtis Daniels Dawson Dickinson Douglas Doyle Duffy Elliott Farrell Field Finch Fleming Ford Fowler Fox Freeman French Frost Gardner Garner George Gilbert Giles Goddard Godfrey Goodwin Gordon Gough Grant Gray Greenwood Gregory Griffin Hammond Hancock Harding Hargreaves Haynes Heath Henderson Herbert Hewitt Hicks Higgins Hodgson Hope Hopkins Horton Houghton Hudson Humphreys Hunter Hutchinson Ingram Jarvis Jenkins Jennings Jordan Joyce Kaye Kemp Kent Kirby Lamb Lambert Leach Leigh Lees Lister Little Long Lowe Lucas Lynch Lynn Mann Marsh Mason May Metcalfe Middleton Milner Moss Nash Naylor Nelson Newman Nicholls Nicholson Norman Norris North Norton Nunn Oakley Oliver Osborne Owens Page Parkes Parkin Parry Parsons Patterson Peacock Peters Pickering Pike Pitt Porter Potter Pratt Preston Price Pritchard Quinn Ramsey Randall Read Reed Reeves Rhodes Rice Riley Robson Rose Rowe Rowley Rushton Russell Sanders Savage Schofield Sharp Sheppard Short Simmonds Sims Skinner Slater Spencer Stephens Stevenson Stokes Stone Storey Summers Swift Sykes Talbot Tanner Thorne Thornton Todd Townsend Tucker Tyler Vaughan Vincent Waters Watkins Watts Weaver Webster Wells West Wheeler Whitehead Whittaker Wilkins Willis Winter Woods Woodward Wyatt Yates",
            "Ash Black Brad Brom Burn Brock Cald Car Chad Clay Cob Cran Cul Dar Den Dod Don Dun Eas Eck Ed El Ever Fair Far Fen Fern Fox Gar Glen God Gold Gran Grim Hal Ham Har Has Hat Haw Hay Hazel Hen Her High Hol Horn Hud Hun Kel Ken Kil Kim Kirk Lang Law Lay Led Lin Long Lud Lyn Mal Mar Mel Mid Mil Mor Mos Nor Oak Old Or Ot Over Pen Pem Pick Pil Pres Rad Ram Red Rip Rod Ros Row Rush Sal Sand Sax Sed Shel Ship Sil Skel Som South Stan Sto Stur Sut Swin Tat Thorn Til Tun Up Wad Wal War Wat Wel West Whit Wil Win Wol Wood Wych Yar",
            "- s er en el ing ar or in on ow es et al an ers ens ich ot ul",
            "ton ley ford ham worth wood by field well stone bourne more man son den dale wick combe shaw hurst gate bridge croft ridge land brook house mere pool stead thorpe wright water well-Jones head bury church cliffe don grave hall hill low marsh mouth port shall"), 740),
        (new(
            "Dylan Rhys Owain Iwan Ieuan Gethin Huw Gareth Dafydd Emyr Aled Rhodri Tomos Osian Macsen Evan Griff Llyr Geraint Gwilym Ifan Steffan Morgan Hywel Alun Dewi Idris Trystan",
            "Seren Carys Cerys Ffion Megan Nia Sian Rhiannon Bethan Catrin Angharad Eleri Lowri Mali Cadi Gwen Elin Efa Manon Non Nerys Bronwen Branwen Eirlys Myfanwy Tegan Heledd Llinos",
            "Jones Davies Williams Evans Thomas Roberts Lewis Hughes Morgan Griffiths Edwards Owen James Rees Jenkins Price Morris Phillips Lloyd Richards Parry Powell Howells Harries Pugh Ellis Bowen Beynon Prosser Llewellyn Vaughan Probert Gwynne Prydderch ap-Rhys Bevan Prichard Humphreys Meredith Maddocks",
            "Pen Llan Tre Caer Aber Gwyn Mor Rhyd Bryn Cad Ty Nant", "- a e o y", "wyn dd gan dyn ffan llys rhys fawr goch las wern mor"), 50),
        (new(
            "Callum Euan Hamish Angus Fraser Lachlan Finlay Alasdair Gregor Murray Ross Struan Ruaridh Iain Malcolm Craig Cameron Duncan Ewan Archie Rory Blair Gavin Kenneth Donald",
            "Eilidh Isla Iona Mhairi Catriona Kirsty Ailsa Fiona Morag Skye Rhona Shona Mairi Kirsten Aileen Isobel Elspeth Rowan Flora Heather",
            "Campbell Stewart MacDonald Robertson Murray Reid Ross Scott Graham Ferguson Hamilton McKenzie MacKay MacLeod Fraser Cameron Grant Duncan Kerr Sinclair Wallace Craig Bruce Munro McIntyre MacLean McMillan Gunn Drummond Buchanan Forbes Innes Leslie Lindsay Napier Ogilvie Ramsay Rennie Urquhart Baird",
            "MacAl MacCor MacGil MacKin MacIl McAr McCal McFar McGre McNei McPher McTav McWhir Auch Bal Dal Drum Kin Strath Tull Inver Loch", "- l n r d a e i", "son ister ish ane ell aig och ie ray gor naughton dine more tyre mond"), 60),
        (new(
            "Conor Sean Liam Cian Oisin Darragh Fionn Ciaran Declan Eoin Cillian Brendan Padraig Niall Ronan Cormac Diarmuid Tadhg Colm Aidan Patrick Kevin Shane Donal Finbarr",
            "Aoife Niamh Siobhan Ciara Saoirse Roisin Caoimhe Sinead Orla Grainne Maeve Aisling Deirdre Eimear Clodagh Bronagh Nuala Una Fionnuala Mairead Bridget Sorcha",
            "Murphy Kelly O'Sullivan Walsh O'Brien Byrne Ryan O'Connor O'Neill O'Reilly Doyle McCarthy Gallagher Doherty Kennedy Lynch Murray Quinn Moore McLaughlin Carroll Connolly Daly Connell Dunne Brennan Burke Collins Clarke Johnston Hughes Farrell Fitzgerald Brown Martin Maguire Nolan Flynn Thompson O'Callaghan O'Donnell Duffy O'Mahony Boyle Healy Shea White Sweeney Hayes Kavanagh Power McGrath Moran Brady Stewart Casey Foley Fitzpatrick O'Leary McDonnell MacMahon",
            "O'Ca O'Don O'Fla O'Gra O'Hal O'Kee O'Mal O'Rour O'Shau O'Too McAl McCo McDer McElr McGil McGo McKe McMul McNa McSha Fitz", "- r n ll gh d v", "ane erty han igan lon mott oran rick uire velly nessy key fin ey"), 45),
        (new(
            "Muhammad Mohammed Ali Hassan Ahmed Ibrahim Yusuf Omar Hamza Bilal Imran Usman Zain Haris Adeel Kamran Tariq Faisal Asif Nadeem Shahid Rizwan Junaid Khalid Waqas Abdullah Abdul Mustafa Ismail Idris Saad Talha Zubair Sami Rayyan Zakariya Rahim Shafiq Mahmud Anwar",
            "Aisha Fatima Maryam Zainab Khadija Amina Sana Hafsa Zara Iqra Saima Sadia Nadia Shazia Rukhsana Farzana Nasreen Noor Safa Sumaiya Halima Hira Mehwish Rabia Samina Shabana Tahira Uzma Yasmin Zahra Rehana Nusrat Shahnaz Parveen Salma Tasnim",
            "Khan Ahmed Ali Hussain Begum Akhtar Iqbal Malik Mahmood Shah Rahman Miah Uddin Mohammed Bibi Chowdhury Islam Hassan Hussein Choudhury Butt Mirza Qureshi Raja Ashraf Aslam Aziz Bashir Hamid Haque Javed Karim Latif Mughal Nawaz Rashid Rehman Saleem Sheikh Siddiqui Tariq Yousaf Zaman Alam Anwar Arshad Farooq Ghani Hanif Khatun",
            "Abd Ahm Akb Ans Asg Bab Faz Ghul Hab Ham Ibr Jam Kar Lat Mah Naz Qad Raf Sab Tah Wah Yas Zah", "- a i u ee", "ad an ar i id im in oor iq ud ullah eem eri awi"), 42),
        (new(
            "Arjun Rohan Amit Raj Sanjay Vikram Anil Nikhil Karan Aarav Vivek Rahul Deepak Ashok Harpreet Gurpreet Jaspreet Manpreet Sukhdeep Amrit Balraj Hardeep Kuldeep Rajinder Jagdeep Navdeep Krishna Suresh Mahesh Dinesh",
            "Priya Anjali Neha Pooja Kavita Meera Sunita Anita Nisha Riya Simran Harpreet Gurpreet Jaspreet Manpreet Amandeep Navneet Kiran Rajvinder Sukhvinder Baljit Parminder Asha Geeta Rekha Usha Lakshmi Deepa Shreya Divya",
            "Patel Singh Kaur Shah Sharma Gill Sandhu Dhillon Grewal Mistry Desai Joshi Mehta Chauhan Parmar Kumar Gupta Verma Bains Sidhu Johal Dhaliwal Rai Lal Das Roy Chopra Kapoor Malhotra Nair Reddy Rao Iyer Pillai Menon Solanki Vaghela Bhatt Trivedi Pandya Thakrar Popat Lakhani Chavda",
            "Agar Bal Ban Bhat Chan Cho Deo Gan Gok Hari Jag Kal Kris Lak Mad Man Nag Nar Pand Prab Raj Ram Sat Shan Sub Tri Ven Vis", "- a i u e", "wal das dev gar jee kar la nath pal puri rajan samy tiya vedi war yan"), 33),
        (new(
            "Jakub Mateusz Piotr Pawel Tomasz Krzysztof Michal Marcin Lukasz Kamil Szymon Filip Wojciech Grzegorz Bartosz Dawid Oskar Kacper Adrian Rafal Andrzej Marek Jan Stanislaw Igor",
            "Zuzanna Julia Maja Aleksandra Katarzyna Magdalena Agnieszka Anna Małgorzata Natalia Wiktoria Oliwia Karolina Joanna Monika Ewa Zofia Hanna Kinga Paulina Weronika Gabriela Alicja Izabela Barbara",
            "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski Król Wieczorek Jabłoński Wróbel Nowakowski Majewski Stępień Olszewski",
            "Adam Bart Bog Bor Bud Chmiel Czar Dob Drze Gaj Gor Grab Jag Jar Kal Kasz Klim Kos Kraw Kub Lip Mal Mich Mro Olsz Paw Raj Rog Sad Sob Stan Szcz Tom Wit Woj Zab Zar", "- a o e i", "wski ński czyk ak ek owicz iak cki ka las rz dzki"), 12),
        (new(
            "Wei Jun Ming Hao Jie Lei Kai Tao Bo Cheng Xiao-Ming Jia-Hao Zi-Hao Yu-Xuan Ka-Wai Chi-Ming Jason Kevin Eric Tony Vincent Raymond Jonathan Wing-Kin Ho-Yin",
            "Li Mei Xiu Ying Fang Yan Xia Hui Jing Na Mei-Ling Xiao-Hong Yi-Ting Ka-Yan Wing-Yan Hoi-Ching Grace Vivian Jenny Angela Fiona Suk-Yee Mei-Yee Sze-Wing",
            "Wong Chan Li Wang Chen Zhang Lee Liu Lin Huang Yang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Cheung Lau Ng Leung Ho Tang Lam Yip Kwok Tse Fung Mak Chow Tsang Yeung Cheng Poon Hui Tam Liang Zheng Xie Song Han Feng Cao Peng",
            "Ch Zh X Sh Y L M N T W H K", "a e i o u ia ua", "n ng o u i ung eng"), 10),
        (new(
            "Oluwaseun Chinedu Emeka Kwame Kofi Kwabena Tunde Femi Ayodele Babatunde Chukwudi Ikenna Obinna Samuel Emmanuel David Daniel Joseph Abdi Ahmed Abdirahman Hassan Mohamed Tendai Tafadzwa Kojo Yaw Sekou Blessing",
            "Oluwatoyin Chioma Ngozi Ama Abena Akosua Folake Yetunde Adaeze Ifeoma Blessing Grace Mercy Esther Comfort Precious Halima Fadumo Hodan Amina Rutendo Tatenda Nyasha Efua Temitope Titilayo Chidinma Uchenna",
            "Mensah Okafor Adeyemi Boateng Owusu Osei Asante Okonkwo Adebayo Ogunleye Eze Nwosu Mohamed Ali Abdi Hassan Moyo Ndlovu Dube Sibanda Ncube Kamara Sesay Conteh Appiah Agyeman Oduya Balogun Adeleke Obi Okoro Nnamdi Ibrahim Yusuf Abubakar Addo Amoah Ansah Antwi Asamoah",
            "Ade Ayo Ola Olu Ogun Oye Aki Ani Chi Chuk Emer Nwa Nwo Obi Oko Oka Oso Uche Uzo Eze", "- la ba fe ko ni wu", "bayo dele emi fo gun ji kunle mola niyi olu rin sanya tola tunde wale yinka ma chukwu"), 8),
    ];
}
